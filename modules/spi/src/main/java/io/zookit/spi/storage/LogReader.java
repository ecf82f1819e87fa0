package io.zookit.spi.storage;

import java.nio.ByteBuffer;

/** A walk over the log. Used by one thread. */
public interface LogReader extends AutoCloseable {
    /**
     * Steps to the next record.
     *
     * @return whether there was one
     * @throws CorruptStorageException when the next record is damaged
     */
    boolean next();

    /** The zxid of the current record. */
    long zxid();

    /** The current record, from position to limit; valid until {@link #next} or {@link #close}. */
    ByteBuffer record();

    @Override
    void close();
}
