package io.zookit.config;

import static io.zookit.config.Key.prefixed;
import static io.zookit.config.ValueForm.ANY_COUNT;
import static io.zookit.config.ValueForm.BYTES;
import static io.zookit.config.ValueForm.COUNT;
import static io.zookit.config.ValueForm.DECIMAL;
import static io.zookit.config.ValueForm.MILLIS;
import static io.zookit.config.ValueForm.SWITCH;
import static io.zookit.config.ValueForm.number;
import static io.zookit.config.ValueForm.text;

import java.util.List;

/** The transaction log, snapshots and how durable they are. */
final class StorageKeys {
    private static final String ONE_SYNC = "transactions that arrive together are always synced together";

    static final List<Key> KEYS = List.of(
            prefixed(
                            "forceSync",
                            SWITCH,
                            "yes",
                            "Whether a write is acknowledged only when it is on disk; no is unsafe.")
                    .ofPlugin(),
            prefixed(
                            "preAllocSize",
                            number(1, Integer.MAX_VALUE, "KB"),
                            65_536,
                            "By how much the transaction log grows ahead.")
                    .ofPlugin(),
            prefixed("fsync.warningthresholdms", MILLIS, 1000, "A sync that takes longer is logged.")
                    .ofPlugin(),
            prefixed(
                    "snapCount",
                    ANY_COUNT,
                    100_000,
                    "Transactions between snapshots, at most; never less than 2. When it is not set, a snapshot also waits until the log"
                            + " has grown to 256 MB and to twice the size of the data."),
            prefixed(
                            "snapSizeLimitInKb",
                            number(-1, Long.MAX_VALUE / 1024, "KB"),
                            4_194_304,
                            "Bytes of log after which a snapshot is taken all the same; 0 or less: no limit.")
                    .without(
                            "without snapCount a snapshot is taken after 4 GB of log at the latest, with it by count alone"),
            prefixed(
                            "txnLogSizeLimitInKb",
                            number(-1, Long.MAX_VALUE / 1024, "KB"),
                            -1,
                            "The size at which a log file is ended.")
                    .without("preAllocSize is the size of a log file"),
            prefixed("commitLogCount", COUNT, 500, "Transactions kept in memory for servers that lag behind.")
                    .without(EnsembleKeys.NO_ENSEMBLE),
            prefixed(
                            "snapshotSizeFactor",
                            DECIMAL,
                            0.33,
                            "How much log, relative to the snapshot, may be read for a server that lags behind.")
                    .without(EnsembleKeys.NO_ENSEMBLE),
            prefixed("snapshot.compression.method", text("gz or snappy"), "", "How snapshots are compressed.")
                    .ofPlugin(),
            prefixed("snapshot.trust.empty", SWITCH, false, "Whether a log without any snapshot is believed.")
                    .without("a log of ours begins at its first transaction or follows a snapshot, and says which"),
            prefixed("datadir.autocreate", SWITCH, true, "Whether missing data directories are made."),
            prefixed("db.autocreate", SWITCH, true, "Whether a server of an ensemble votes without data."),
            prefixed("flushDelay", MILLIS, 0, "How long a group of transactions may wait for others.")
                    .without(ONE_SYNC),
            prefixed("maxWriteQueuePollTime", MILLIS, -1, "How long the log waits for the next transaction.")
                    .without(ONE_SYNC),
            prefixed("maxBatchSize", COUNT, 1000, "How many transactions are synced together.")
                    .without(ONE_SYNC),
            prefixed("digest.enabled", SWITCH, true, "Whether a digest of all data is kept."),
            prefixed(
                            "closeSessionTxn.enabled",
                            SWITCH,
                            true,
                            "Whether the end of a session records the znodes it removes.")
                    .without("it always does"),
            prefixed("serializeLastProcessedZxid.enabled", SWITCH, true, "Whether a snapshot records its last zxid.")
                    .without("it always does"),
            prefixed("testingonly.initialZxid", BYTES, -1, "The first zxid.").without(EnsembleKeys.FOR_TESTS));

    private StorageKeys() {}
}
