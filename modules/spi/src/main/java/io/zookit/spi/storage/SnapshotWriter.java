package io.zookit.spi.storage;

/**
 * A snapshot being written, by one thread. It exists, durably and as a whole, once {@link #end} has returned; closing it before
 * leaves no trace.
 */
public interface SnapshotWriter extends SnapshotSink, AutoCloseable {
    @Override
    void close();
}
