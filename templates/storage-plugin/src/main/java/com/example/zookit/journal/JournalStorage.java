package com.example.zookit.journal;

import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.util.List;

/** Two folders, locked while they are in use. Opened and closed by the server's main thread. */
final class JournalStorage implements Storage {
    private final Folder data;
    private final Folder logs;
    private final JournalLog log;
    private final JournalSnapshots snapshots;
    private final JournalValues values;
    private boolean isOpen;

    JournalStorage(Folder data, Folder logs) {
        this.data = data;
        this.logs = logs;
        log = new JournalLog(logs);
        snapshots = new JournalSnapshots(data);
        values = new JournalValues(data);
    }

    @Override
    public void open() {
        try {
            data.open();
            logs.open();
            log.open();
            isOpen = true;
        } finally {
            if (!isOpen) {
                letGo();
            }
        }
    }

    @Override
    public List<String> repairs() {
        return log.repairs();
    }

    @Override
    public String location() {
        return data + " and " + logs;
    }

    @Override
    public TransactionLog log() {
        requireOpen();
        return log;
    }

    @Override
    public SnapshotStore snapshots() {
        requireOpen();
        return snapshots;
    }

    @Override
    public ValueStore values() {
        requireOpen();
        return values;
    }

    @Override
    public long usableBytes() {
        requireOpen();
        return Math.min(data.usableBytes(), logs.usableBytes());
    }

    private void requireOpen() {
        if (!isOpen) {
            throw new IllegalStateException("the storage is not open");
        }
    }

    @Override
    public void close() {
        if (isOpen) {
            try {
                log.end();
            } finally {
                letGo();
            }
        }
    }

    /** Closes without a word on disk: what is left when the power fails. */
    void letGo() {
        isOpen = false;
        log.close();
        logs.close();
        data.close();
    }
}
