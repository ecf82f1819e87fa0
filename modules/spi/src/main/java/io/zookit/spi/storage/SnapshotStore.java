package io.zookit.spi.storage;

import java.util.List;

/**
 * Snapshots of the whole state, each exactly the state after one zxid, but for those of foreign servers
 * ({@link SnapshotSink#mayHoldLater}). May be called by any thread; at most one snapshot is written at a time.
 */
public interface SnapshotStore {
    /** The zxids of complete snapshots, newest first. Their content has not been checked. */
    List<Long> zxids();

    /**
     * Begins a snapshot.
     *
     * @param zxid the state it holds is the one after this transaction
     * @throws StorageException when it cannot be begun
     */
    SnapshotWriter write(long zxid);

    /**
     * Reads a snapshot from beginning to end.
     *
     * @param zxid one of {@link #zxids}
     * @param sink gets everything in the order it was written, {@link SnapshotSink#end} last
     * @throws CorruptStorageException when the snapshot is damaged; the sink may have got a part of it and must be thrown away
     * @throws StorageException when it cannot be read
     */
    void read(long zxid, SnapshotSink sink);

    /**
     * Deletes old snapshots.
     *
     * @param count how many of the newest stay; at least 1. Only snapshots whose content was found sound count.
     * @return the zxid of the oldest sound snapshot that is left, 0 when there is none; the log before it is not needed any more
     */
    long retain(int count);
}
