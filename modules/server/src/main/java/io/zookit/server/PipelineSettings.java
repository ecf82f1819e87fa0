package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.config.Mode;
import io.zookit.pipeline.ConnectionRate;
import io.zookit.pipeline.EnsembleOptions;
import io.zookit.pipeline.Limits;
import io.zookit.pipeline.Machine;
import io.zookit.pipeline.NewSessions;
import io.zookit.pipeline.PipelineOptions;
import io.zookit.pipeline.RefusalChance;
import io.zookit.pipeline.ServerDescription;
import io.zookit.pipeline.SnapshotPolicy;
import io.zookit.pipeline.Staleness;
import io.zookit.pipeline.SweepPolicy;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the configuration says about the pipeline. */
final class PipelineSettings {
    private static final int REQUESTS_MIN = 4;
    private static final int REQUESTS_MAX = 1 << 20;
    private static final long PENDING_BYTES_MAX = 64L << 20;
    private static final int HANDSHAKE_TIMEOUT_MILLIS = 10_000;
    private static final int AUTH_TIMEOUT_MILLIS = 5_000;
    /** An election takes less, so whoever can write after it is not sent to read only. */
    private static final int READ_ONLY_AFTER_MILLIS_MIN = 2_000;

    private PipelineSettings() {}

    /**
     * @param machine what the words tell of the process and its machine
     */
    static PipelineOptions of(Config config, Machine machine) {
        int requests = powerOfTwo(requestsInFlight(config));
        boolean purges = config.autopurgePurgeIntervalHours() > 0;
        return new PipelineOptions(
                requests,
                Math.max(REQUESTS_MIN, 2 * requests),
                config.juteMaxBufferBytes(),
                config.number("largeRequestMaxBytes"),
                PENDING_BYTES_MAX,
                config.minSessionTimeoutMillis(),
                config.maxSessionTimeoutMillis(),
                HANDSHAKE_TIMEOUT_MILLIS,
                AUTH_TIMEOUT_MILLIS,
                config.maxClientCnxns(),
                config.maxCnxns(),
                snapshots(config),
                purges ? config.autopurgeSnapRetainCount() : 0,
                config.skipAcl(),
                config.extendedTypesEnabled(),
                config.digestEnabled(),
                config.reconfigEnabled(),
                sweep(config),
                ensemble(config),
                limits(config),
                words(config),
                new ServerDescription(ServerVersion.text(), machine));
    }

    private static int requestsInFlight(Config config) {
        int throttle = whole(config, "request_throttle_max_requests");
        return throttle == 0 ? config.globalOutstandingLimit() : Math.min(throttle, config.globalOutstandingLimit());
    }

    private static int powerOfTwo(int atLeast) {
        int bounded = Math.max(REQUESTS_MIN, Math.min(REQUESTS_MAX, atLeast));
        return Integer.highestOneBit(bounded - 1) << 1;
    }

    private static SnapshotPolicy snapshots(Config config) {
        return config.entry("snapCount").isPresent()
                ? SnapshotPolicy.byTransactions(config.snapCount())
                : SnapshotPolicy.byGrowth(config.snapCount());
    }

    private static SweepPolicy sweep(Config config) {
        return new SweepPolicy(
                config.number("znode.container.checkIntervalMs"),
                whole(config, "znode.container.maxPerMinute"),
                config.number("znode.container.maxNeverUsedIntervalMs"));
    }

    private static EnsembleOptions ensemble(Config config) {
        int readOnlyAfterMillis = Math.max(READ_ONLY_AFTER_MILLIS_MIN, config.tickTimeMillis());
        return new EnsembleOptions(
                config.flag("leaderServes"),
                readsOnly(config) ? readOnlyAfterMillis : EnsembleOptions.NEVER,
                newSessions(config));
    }

    private static NewSessions newSessions(Config config) {
        if (!config.flag("localSessionsEnabled")) {
            return NewSessions.GLOBAL;
        }
        return config.flag("localSessionsUpgradingEnabled") ? NewSessions.LOCAL_UNTIL_EPHEMERAL : NewSessions.LOCAL;
    }

    private static boolean readsOnly(Config config) {
        return config.flag("readonlymode.enabled");
    }

    static Limits limits(Config config) {
        int largeRequestBytes = whole(config, "largeRequestThreshold");
        return new Limits(
                config.requiredAuthSchemes(),
                config.enforceQuota(),
                largeRequestBytes == -1 ? Limits.SMALL_REQUEST_BYTES : largeRequestBytes,
                whole(config, "throttled_op_wait_time"),
                staleness(config),
                whole(config, "limits.watchesPerConnection"),
                whole(config, "limits.ephemeralsPerSession"),
                config.number("limits.freeSpaceFloorBytes"),
                connectionRate(config));
    }

    /** Nobody looks for stale requests unless requests are throttled. */
    private static Staleness staleness(Config config) {
        boolean drops =
                whole(config, "request_throttle_max_requests") > 0 && config.flag("request_throttle_drop_stale");
        return new Staleness(
                drops && config.flag("request_stale_connection_check"),
                drops && config.flag("request_stale_latency_check"));
    }

    /** With weights the numbers of tokens are meant for new sessions that all servers know, and no kind of session weighs less than a local one. */
    private static ConnectionRate connectionRate(Config config) {
        boolean weighted = config.flag("connection_throttle_weight_enabled");
        int local = whole(config, "connection_throttle_local_session_weight");
        int global = weighted ? Math.max(local, whole(config, "connection_throttle_global_session_weight")) : 1;
        boolean opensLocal = config.mode() == Mode.QUORUM && newSessions(config) != NewSessions.GLOBAL;
        int created = weighted && opensLocal ? local : global;
        int renewed = weighted ? Math.max(local, whole(config, "connection_throttle_renew_session_weight")) : 1;
        return new ConnectionRate(
                product(whole(config, "connection_throttle_tokens"), global),
                whole(config, "connection_throttle_fill_time"),
                product(whole(config, "connection_throttle_fill_count"), global),
                created,
                renewed,
                new RefusalChance(
                        whole(config, "connection_throttle_freeze_time"),
                        config.decimal("connection_throttle_drop_increase"),
                        config.decimal("connection_throttle_drop_decrease"),
                        config.decimal("connection_throttle_decrease_ratio")));
    }

    private static int product(int tokens, int weight) {
        return (int) Math.min(Integer.MAX_VALUE, (long) tokens * weight);
    }

    private static int whole(Config config, String key) {
        return Math.toIntExact(config.number(key));
    }

    /** Clients that read only for want of something better look for a server to write to by asking {@code isro}. */
    private static Set<String> words(Config config) {
        Stream<String> listed =
                config.text("4lw.commands.whitelist").stream().flatMap(list -> Stream.of(list.split(",")));
        return Stream.concat(listed, readsOnly(config) ? Stream.of("isro") : Stream.empty())
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
