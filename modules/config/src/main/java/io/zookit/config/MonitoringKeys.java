package io.zookit.config;

import static io.zookit.config.Key.prefixed;
import static io.zookit.config.ValueForm.ADDRESS;
import static io.zookit.config.ValueForm.CLASS;
import static io.zookit.config.ValueForm.COUNT;
import static io.zookit.config.ValueForm.DECIMAL;
import static io.zookit.config.ValueForm.MILLIS;
import static io.zookit.config.ValueForm.PORT;
import static io.zookit.config.ValueForm.SWITCH;
import static io.zookit.config.ValueForm.TEXT;

import java.util.List;

/** The HTTP port, metrics, audit log, watch tables and the log. */
final class MonitoringKeys {
    static final String NO_PAUSES = "this version does not measure pauses";
    private static final String NO_HTTP = "this version has no HTTP port";
    private static final String NO_PROVIDERS = "metrics providers are not loaded by class name; mntr has the figures";
    private static final String NO_AUDIT = "this version writes no audit log";
    private static final String NO_PATH_STATS = "this version keeps no figures for each path";
    private static final String OWN_WATCHES = "there is one watch table, which needs no cleaner";
    private static final String NO_JMX_LOG = "the log is configured by its own file";

    static final List<Key> KEYS = List.of(
            prefixed("admin.enableServer", SWITCH, true, "Whether the HTTP port is open.")
                    .without(NO_HTTP),
            prefixed("admin.serverAddress", ADDRESS, "0.0.0.0", "Its address.").without(NO_HTTP),
            prefixed("admin.serverPort", PORT, 8080, "Its number.").without(NO_HTTP),
            prefixed("admin.idleTimeout", MILLIS, 30_000, "How long a connection may be idle.")
                    .without(NO_HTTP),
            prefixed("admin.commandURL", TEXT, "/commands", "Where commands are found.")
                    .without(NO_HTTP),
            prefixed("admin.httpVersion", COUNT, 11, "The HTTP version.").without(NO_HTTP),
            prefixed("admin.portUnification", SWITCH, false, "Whether it takes TLS and plain connections.")
                    .without(NO_HTTP),
            prefixed("admin.forceHttps", SWITCH, false, "Whether it takes TLS only.")
                    .without(NO_HTTP),
            prefixed("admin.needClientAuth", SWITCH, false, "Whether it needs clients' certificates.")
                    .without(NO_HTTP),
            prefixed("admin.rateLimiterIntervalInMS", MILLIS, 300_000, "The least time between snapshots on demand.")
                    .without(NO_HTTP),
            prefixed("admin.snapshot.enabled", SWITCH, true, "Whether snapshots on demand are allowed.")
                    .without(NO_HTTP),
            prefixed("admin.restore.enabled", SWITCH, true, "Whether restoring on demand is allowed.")
                    .without(NO_HTTP),
            Key.file("metricsProvider.className", CLASS, "", "The class that exports metrics.")
                    .without(NO_PROVIDERS),
            Key.file("metricsProvider.*", TEXT, "", "A setting of that class.").without(NO_PROVIDERS),
            prefixed("audit.enable", SWITCH, false, "Whether an audit log is written.")
                    .without(NO_AUDIT),
            prefixed("audit.impl.class", CLASS, "", "The class that writes it.").without(NO_AUDIT),
            prefixed("pathStats.enabled", SWITCH, false, "Whether figures for each path are kept.")
                    .without(NO_PATH_STATS),
            prefixed("pathStats.slotCapacity", COUNT, 60, "How many intervals.").without(NO_PATH_STATS),
            prefixed("pathStats.slotDuration", COUNT, 15, "Seconds of an interval.")
                    .without(NO_PATH_STATS),
            prefixed("pathStats.maxDepth", COUNT, 6, "How deep.").without(NO_PATH_STATS),
            prefixed("pathStats.sampleRate", DECIMAL, 0.1, "Which part of requests.")
                    .without(NO_PATH_STATS),
            prefixed("pathStats.initialDelay", COUNT, 5, "Minutes to the first report.")
                    .without(NO_PATH_STATS),
            prefixed("pathStats.delay", COUNT, 5, "Minutes between reports.").without(NO_PATH_STATS),
            prefixed("pathStats.topPathMax", COUNT, 20, "Paths of a report.").without(NO_PATH_STATS),
            prefixed("watchManagerName", CLASS, "", "The class of the watch table.")
                    .without(OWN_WATCHES),
            prefixed("watcherCleanThreshold", COUNT, 1000, "Dead watchers that start a cleaning.")
                    .without(OWN_WATCHES),
            prefixed("watcherCleanIntervalInSeconds", COUNT, 600, "The time between cleanings.")
                    .without(OWN_WATCHES),
            prefixed("watcherCleanThreadsNum", COUNT, 2, "Threads that clean.").without(OWN_WATCHES),
            prefixed("maxInProcessingDeadWatchers", COUNT, -1, "Dead watchers above which others wait.")
                    .without(OWN_WATCHES),
            prefixed("bitHashCacheSize", COUNT, 10, "Bit sets that are cached.").without(OWN_WATCHES),
            prefixed("jmx.log4j.disable", SWITCH, false, "Whether the log is kept out of JMX.")
                    .without(NO_JMX_LOG),
            prefixed("jmx.log4j.mbean", TEXT, "", "The log's name in JMX.").without(NO_JMX_LOG));

    private MonitoringKeys() {}
}
