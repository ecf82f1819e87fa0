package io.zookit.storage.memory;

import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.util.List;

/** One server's use of its contents. Opened and closed by the server's main thread. */
final class MemoryStorage implements Storage {
    private final MemoryContents contents;
    private boolean isOpen;

    MemoryStorage(MemoryContents contents) {
        this.contents = contents;
    }

    @Override
    public void open() {
        if (!contents.tryLock()) {
            throw new StorageException(
                    "these directories are in use by another server with memory storage; give each server its own",
                    null);
        }
        isOpen = true;
    }

    @Override
    public List<String> repairs() {
        return List.of();
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public TransactionLog log() {
        requireOpen();
        return contents.log();
    }

    @Override
    public SnapshotStore snapshots() {
        requireOpen();
        return contents.snapshots();
    }

    @Override
    public ValueStore values() {
        requireOpen();
        return contents.values();
    }

    private void requireOpen() {
        if (!isOpen) {
            throw new IllegalStateException("the storage is not open");
        }
    }

    @Override
    public void close() {
        if (isOpen) {
            isOpen = false;
            contents.unlock();
        }
    }
}
