package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.pipeline.Machine;
import io.zookit.pipeline.PipelineOptions;
import io.zookit.pipeline.ServerDescription;
import io.zookit.pipeline.SnapshotPolicy;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the configuration says about the pipeline. */
final class PipelineSettings {
    private static final int REQUESTS_MIN = 4;
    private static final int REQUESTS_MAX = 1 << 20;
    private static final long BYTES_IN_FLIGHT_MAX = 100L << 20;
    private static final long PENDING_BYTES_MAX = 64L << 20;
    private static final int HANDSHAKE_TIMEOUT_MILLIS = 10_000;
    private static final int AUTH_TIMEOUT_MILLIS = 5_000;

    private PipelineSettings() {}

    /**
     * @param machine what the words tell of the process and its machine
     */
    static PipelineOptions of(Config config, Machine machine) {
        int requests = powerOfTwo(config.globalOutstandingLimit());
        boolean purges = config.autopurgePurgeIntervalHours() > 0;
        return new PipelineOptions(
                requests,
                Math.max(REQUESTS_MIN, 2 * requests),
                config.juteMaxBufferBytes(),
                BYTES_IN_FLIGHT_MAX,
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
                words(config),
                new ServerDescription(ServerVersion.text(), machine));
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

    private static Set<String> words(Config config) {
        return config.text("4lw.commands.whitelist").stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
