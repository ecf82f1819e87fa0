package io.zookit.config;

import static io.zookit.config.Key.bare;
import static io.zookit.config.Key.file;
import static io.zookit.config.Key.prefixed;
import static io.zookit.config.ValueForm.ADDRESS;
import static io.zookit.config.ValueForm.ANY_COUNT;
import static io.zookit.config.ValueForm.COUNT;
import static io.zookit.config.ValueForm.MILLIS;
import static io.zookit.config.ValueForm.PATH;
import static io.zookit.config.ValueForm.PORT;
import static io.zookit.config.ValueForm.SWITCH;
import static io.zookit.config.ValueForm.TEXT;
import static io.zookit.config.ValueForm.number;
import static io.zookit.config.ValueForm.text;

import java.util.List;

/** Where the server keeps its data, where clients reach it, and how long it waits for them. */
final class BasicKeys {
    private static final String NO_TLS = "this version has no TLS port";

    static final List<Key> KEYS = List.of(
            file(
                    "dataDir",
                    PATH,
                    "",
                    "Where snapshots live, and the transaction log unless dataLogDir says otherwise."),
            file("dataLogDir", PATH, "", "Where the transaction log lives; by default dataDir."),
            file("clientPort", PORT, "", "The port for clients; 0 takes any free port."),
            file("clientPortAddress", ADDRESS, "", "The address to listen on; by default all addresses."),
            file(
                    "clientPortListenBacklog",
                    COUNT,
                    -1,
                    "Connections the system may hold before they are accepted; -1: its default."),
            file("secureClientPort", PORT, 0, "The port for clients with TLS; 0: none.")
                    .refused(NO_TLS),
            file("secureClientPortAddress", ADDRESS, "", "The address of the TLS port.")
                    .without(NO_TLS),
            file(
                    "tickTime",
                    number(1, Integer.MAX_VALUE, "ms"),
                    3000,
                    "The length of a tick, the unit of the other times."),
            file("minSessionTimeout", MILLIS, -1, "The least session timeout a client can get; -1: two ticks."),
            file("maxSessionTimeout", MILLIS, -1, "The greatest session timeout a client can get; -1: twenty ticks."),
            file("autopurge.snapRetainCount", ANY_COUNT, 3, "Snapshots to keep when purging; never fewer than 3."),
            file(
                    "autopurge.purgeInterval",
                    number(0, Integer.MAX_VALUE, "hours"),
                    0,
                    "0: old snapshots and logs are never removed; else that is done after each snapshot, at no fixed interval."),
            bare(
                    "jute.maxbuffer",
                    number(1024, Integer.MAX_VALUE, "bytes"),
                    1_048_575,
                    "The longest packet a client may send; also the longest record that is accepted."),
            prefixed(
                            "jute.maxbuffer.extrasize",
                            ValueForm.BYTES,
                            "",
                            "Slack above jute.maxbuffer when a server reads its own transactions.")
                    .without("a transaction's own length is bounded by what was accepted"),
            prefixed("extendedTypesEnabled", SWITCH, false, "Whether znodes may have a time to live."),
            prefixed("emulate353TTLNodes", SWITCH, false, "Whether TTL znodes of the format of 3.5.3 are understood.")
                    .without("only the format of 3.5.4 and later is read"),
            prefixed("enforceQuota", SWITCH, false, "Whether a write above a hard quota fails."),
            bare(
                    "readonlymode.enabled",
                    SWITCH,
                    false,
                    "Whether a member of an ensemble that finds no leader serves clients that want to read only."),
            bare(
                    "znode.container.checkIntervalMs",
                    number(1, Integer.MAX_VALUE, "ms"),
                    60_000,
                    "How often empty containers and expired TTL znodes are looked for."),
            bare(
                    "znode.container.maxPerMinute",
                    number(1, Integer.MAX_VALUE, ""),
                    10_000,
                    "How many of them are removed in a minute at most."),
            bare(
                    "znode.container.maxNeverUsedIntervalMs",
                    number(0, Integer.MAX_VALUE, "ms"),
                    0,
                    "After what time a container that never had a child is removed; 0: never."),
            prefixed(
                    "4lw.commands.whitelist",
                    text("words, separated by commas, or *"),
                    "srvr",
                    "The four-letter words that are answered."),
            prefixed("electionPortBindRetry", COUNT, 3, "Attempts to open a port for other servers; 0: for ever.")
                    .ofPlugin(),
            file("config.file", PATH, "", "The configuration file itself; known from the start, not to be written."),
            file("config.strict", SWITCH, false, "Whether an unknown key stops the start."),
            file("jvm.pause.monitor", SWITCH, false, "Whether pauses of the Java process are measured.")
                    .without(MonitoringKeys.NO_PAUSES),
            file("jvm.pause.sleep.time.ms", MILLIS, 500, "How often pauses are looked for.")
                    .without(MonitoringKeys.NO_PAUSES),
            file("jvm.pause.warn-threshold.ms", MILLIS, 10_000, "The pause that is a warning.")
                    .without(MonitoringKeys.NO_PAUSES),
            file("jvm.pause.info-threshold.ms", MILLIS, 1000, "The pause that is worth a line.")
                    .without(MonitoringKeys.NO_PAUSES),
            file("plugin.transport", TEXT, "netty", "The transport plugin."),
            file(
                    "plugin.consensus",
                    TEXT,
                    "",
                    "The consensus plugin; by default single, or zab when the server lines form an ensemble."),
            file("plugin.storage", TEXT, "mapdb", "The storage plugin."),
            file("plugin.session", TEXT, "buckets", "The session expiry plugin."),
            file(
                    "plugin.auth",
                    text("ids, separated by commas"),
                    "world,ip,digest,super",
                    "The authentication plugins, in the order of asking."));

    private BasicKeys() {}
}
