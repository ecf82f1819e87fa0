package io.zookit.storage.mapdb;

import io.zookit.spi.storage.StorageException;

/** Where the log gets files for its segments. Called by one thread, which never waits here for a file to be filled. */
interface Spares extends AutoCloseable {
    /** Wishes for a file to be filled with zeros ahead of its use. Does not wait and does not fail. */
    void request();

    /** Whether {@link #take} would give a file of the usual size that is filled. */
    boolean isReady();

    /**
     * Gives a filled file of the usual size when there is one, otherwise an empty file.
     *
     * @param bytes the least room
     * @throws StorageException when it could not be made
     */
    SpareFile take(long bytes);

    /** Ends the work and deletes what nobody took. */
    @Override
    void close();
}
