package io.zookit.storage.mapdb;

import io.zookit.spi.storage.StorageException;

/** Where the log gets files for its segments. Called by one thread. */
interface Spares extends AutoCloseable {
    /** Wishes for a file to be prepared. Does not wait and does not fail. */
    void request();

    /** Whether {@link #take} would give a file of the usual size at once. */
    boolean isReady();

    /**
     * Gives a file of the usual size, or a larger one if that is not enough.
     *
     * @param bytes the least length
     * @throws StorageException when it could not be made, or the thread was interrupted while it waited
     */
    SpareFile take(long bytes);

    /** Ends the work and deletes what nobody took. */
    @Override
    void close();
}
