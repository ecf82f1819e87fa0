package io.zookit.pipeline;

import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.util.List;

/** A storage that only says how much room it has. */
final class NearlyFullStorage implements Storage {
    private long usableBytes;
    private int looks;

    void usableBytes(long bytes) {
        usableBytes = bytes;
    }

    int looks() {
        return looks;
    }

    @Override
    public long usableBytes() {
        looks++;
        return usableBytes;
    }

    @Override
    public void open() {}

    @Override
    public List<String> repairs() {
        return List.of();
    }

    @Override
    public String location() {
        return "here";
    }

    @Override
    public TransactionLog log() {
        throw new AssertionError("nobody may want the log");
    }

    @Override
    public SnapshotStore snapshots() {
        throw new AssertionError("nobody may want snapshots");
    }

    @Override
    public ValueStore values() {
        throw new AssertionError("nobody may want values");
    }

    @Override
    public void close() {}
}
