package io.zookit.config;

import static io.zookit.config.Key.prefixed;
import static io.zookit.config.ValueForm.BYTES;
import static io.zookit.config.ValueForm.CLASS;
import static io.zookit.config.ValueForm.COUNT;
import static io.zookit.config.ValueForm.MILLIS;
import static io.zookit.config.ValueForm.PART;
import static io.zookit.config.ValueForm.SWITCH;
import static io.zookit.config.ValueForm.number;

import java.util.List;

/** Connections, threads, limits and throttles. */
final class NetworkKeys {
    private static final String OWN_THREADS = "the transport plugin has threads of its own";
    private static final String ONE_OWNER = "one thread owns the data, so there are no such workers";
    private static final String NO_THROTTLE = "a connection is read only when its requests can be taken, instead";
    private static final String NO_TLS = "this version has no TLS port";
    private static final String NO_CACHE = "replies are written without a cache";

    static final List<Key> KEYS = List.of(
            Key.file(
                    "maxClientCnxns",
                    number(0, Integer.MAX_VALUE, ""),
                    60,
                    "Connections from one address at a time; 0: no limit."),
            prefixed("maxCnxns", number(0, Integer.MAX_VALUE, ""), 0, "Connections at a time; 0: no limit."),
            prefixed(
                    "globalOutstandingLimit",
                    number(1, Integer.MAX_VALUE, ""),
                    1000,
                    "Requests in flight above which no more are read."),
            prefixed(
                    "serverCnxnFactory",
                    CLASS,
                    "",
                    "Which network layer is used; both of Apache ZooKeeper's mean plugin.transport=netty."),
            prefixed("clientTcpKeepAlive", SWITCH, false, "Whether the system probes idle client connections.")
                    .ofPlugin(),
            prefixed("tcpKeepAlive", SWITCH, false, "Whether the system probes idle connections between servers.")
                    .without(EnsembleKeys.NO_ENSEMBLE),
            prefixed("nio.numSelectorThreads", COUNT, "", "Threads that wait for input.")
                    .without(OWN_THREADS),
            prefixed("nio.numWorkerThreads", COUNT, "", "Threads that read and write.")
                    .without(OWN_THREADS),
            prefixed("nio.directBufferBytes", BYTES, 65_536, "Size of the buffers for writing.")
                    .without(OWN_THREADS),
            prefixed(
                            "nio.sessionlessCnxnTimeout",
                            MILLIS,
                            10_000,
                            "How long a connection may be open without a session.")
                    .without(OWN_THREADS),
            prefixed("nio.shutdownTimeout", MILLIS, 5000, "How long threads may take to end.")
                    .without(OWN_THREADS),
            prefixed("netty.server.outstandingHandshake.limit", COUNT, -1, "TLS handshakes at a time.")
                    .without(NO_TLS),
            prefixed(
                            "netty.server.earlyDropSecureConnectionHandshakes",
                            SWITCH,
                            false,
                            "Whether TLS connections are dropped while the server does not serve.")
                    .without(NO_TLS),
            prefixed(
                            "netty.advancedFlowControl.enabled",
                            SWITCH,
                            false,
                            "Whether a connection is read only when there is room.")
                    .without("it always is"),
            prefixed("intBufferStartingSizeBytes", BYTES, 1024, "First size of a reply's buffer.")
                    .without("buffers are pooled"),
            prefixed(
                            "client.portUnification",
                            SWITCH,
                            false,
                            "Whether the client port takes TLS and plain connections.")
                    .without(NO_TLS),
            prefixed("commitProcessor.numWorkerThreads", COUNT, "", "Threads that answer reads.")
                    .without(ONE_OWNER),
            prefixed("commitProcessor.maxReadBatchSize", COUNT, -1, "Reads between commits.")
                    .without(ONE_OWNER),
            prefixed("commitProcessor.maxCommitBatchSize", COUNT, 1, "Commits between reads.")
                    .without(ONE_OWNER),
            prefixed("commitProcessor.shutdownTimeout", MILLIS, 5000, "How long these threads may take to end.")
                    .without(ONE_OWNER),
            prefixed("request_throttler.shutdownTimeout", MILLIS, 10_000, "How long the throttler may take to end.")
                    .without(NO_THROTTLE),
            prefixed(
                    "request_throttle_max_requests",
                    number(0, Integer.MAX_VALUE, ""),
                    0,
                    "The same as globalOutstandingLimit, if it is less; 0: that alone."),
            prefixed("request_throttle_stall_time", MILLIS, 100, "How often room for a request is looked for.")
                    .without("whoever makes room says so at once"),
            prefixed(
                    "request_throttle_drop_stale",
                    SWITCH,
                    true,
                    "With request_throttle_max_requests: whether stale requests, and all that follow on the same"
                            + " connection, are dropped."),
            prefixed(
                    "request_stale_connection_check",
                    SWITCH,
                    true,
                    "Whether a request of a connection that is gone is stale."),
            prefixed(
                    "request_stale_latency_check",
                    SWITCH,
                    false,
                    "Whether a request that waited longer than its session's timeout is stale."),
            prefixed(
                    "throttled_op_wait_time",
                    number(0, Integer.MAX_VALUE, "ms"),
                    0,
                    "A request that waited longer is answered with error -127 and not carried out; 0: never."),
            prefixed(
                    "largeRequestThreshold",
                    number(-1, Integer.MAX_VALUE, "bytes"),
                    -1,
                    "The size above which a request is large; -1: 4 KiB."),
            prefixed(
                    "largeRequestMaxBytes",
                    number(1, Long.MAX_VALUE, "bytes"),
                    104_857_600,
                    "Bytes of large requests in flight above which no more are read."),
            prefixed(
                    "connection_throttle_tokens",
                    number(0, Integer.MAX_VALUE, ""),
                    0,
                    "Connect requests that may come at once; further ones are closed until tokens are added; 0: no limit."),
            prefixed(
                    "connection_throttle_fill_time",
                    number(1, Integer.MAX_VALUE, "ms"),
                    1,
                    "How often tokens are added."),
            prefixed(
                    "connection_throttle_fill_count",
                    number(1, Integer.MAX_VALUE, ""),
                    1,
                    "How many tokens are added."),
            prefixed(
                    "connection_throttle_freeze_time",
                    number(-1, Integer.MAX_VALUE, "ms"),
                    -1,
                    "How long the chance by which connect requests are closed stays as it is; -1: there is no such chance."),
            prefixed(
                    "connection_throttle_drop_increase",
                    PART,
                    0.02,
                    "By how much that chance rises when no token is left."),
            prefixed(
                    "connection_throttle_drop_decrease",
                    PART,
                    0.002,
                    "By how much it falls when hardly a token is missing."),
            prefixed(
                    "connection_throttle_decrease_ratio",
                    PART,
                    0,
                    "Which part of the tokens may be missing for it to fall."),
            prefixed(
                    "connection_throttle_weight_enabled",
                    SWITCH,
                    false,
                    "Whether kinds of session weigh differently; tokens are then counted in new sessions."),
            prefixed(
                    "connection_throttle_global_session_weight",
                    number(1, Integer.MAX_VALUE, ""),
                    3,
                    "Tokens of a new session, when kinds weigh differently."),
            prefixed(
                    "connection_throttle_local_session_weight",
                    number(1, Integer.MAX_VALUE, ""),
                    1,
                    "Tokens of a new session if it is local; the others take at least as many."),
            prefixed(
                    "connection_throttle_renew_session_weight",
                    number(1, Integer.MAX_VALUE, ""),
                    2,
                    "Tokens of a session that comes back, when kinds weigh differently."),
            prefixed(
                    "limits.watchesPerConnection",
                    number(0, Integer.MAX_VALUE, ""),
                    1_000_000,
                    "Watches of one connection; a request for another is answered with error -125; 0: no limit."),
            prefixed(
                    "limits.ephemeralsPerSession",
                    number(0, Integer.MAX_VALUE, ""),
                    1_000_000,
                    "Ephemeral znodes of one session; the creation of another is answered with error -125; 0: no limit."),
            prefixed(
                    "limits.freeSpaceFloorBytes",
                    number(0, Long.MAX_VALUE, "bytes"),
                    134_217_728,
                    "Room on the disks of the data below which writes of clients are answered with error -127, while reads,"
                            + " deletions and ends of sessions go on; 0: never."),
            prefixed("maxResponseCacheSize", COUNT, 400, "Replies to reads of data that are kept.")
                    .without(NO_CACHE),
            prefixed("maxGetChildrenResponseCacheSize", COUNT, 400, "Replies to reads of children that are kept.")
                    .without(NO_CACHE));

    private NetworkKeys() {}
}
