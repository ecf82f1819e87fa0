package io.zookit.spi.storage;

import java.util.List;

/**
 * The durable memory of a server: a log of transactions, snapshots that let the log be forgotten, and a few small values.
 *
 * <p>What any method says is durable survives the loss of power. Every failure is a {@link StorageException}; after one that
 * comes from writing, the server stops before it can acknowledge anything more, and the storage need only be closed.
 */
public interface Storage extends AutoCloseable {
    /**
     * Opens the files, locks them against other servers and repairs what a crash may have left: a torn end of the log is cut and
     * reported in {@link #repairs}. Called once, before anything else.
     *
     * @throws CorruptStorageException when something durable is damaged; the message names file, offset and ways out
     * @throws StorageException when the files cannot be read, written or locked
     */
    void open();

    /** What {@link #open} repaired, one line each, for the server's log; empty after a clean stop. */
    List<String> repairs();

    /** Where the data is, for people: directories or a word such as {@code memory}. */
    String location();

    /** The transaction log. */
    TransactionLog log();

    /** The snapshots. */
    SnapshotStore snapshots();

    /** The small values. */
    ValueStore values();

    /**
     * How many more bytes can be stored, as far as that can be told; {@link Long#MAX_VALUE} when it cannot, or when there is no
     * bound. A quick look, asked about once in a second by the owner of the state while the storage is open: the server refuses writes
     * before it becomes too little.
     */
    default long usableBytes() {
        return Long.MAX_VALUE;
    }

    /** Closes everything. What was not synced may be lost. Idempotent, and safe after a failed {@link #open}. */
    @Override
    void close();
}
