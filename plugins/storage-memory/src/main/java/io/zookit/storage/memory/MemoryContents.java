package io.zookit.storage.memory;

import java.util.concurrent.atomic.AtomicBoolean;

/** What outlives a {@link MemoryStorage}: the synced contents of one server. Safe for all threads. */
final class MemoryContents {
    private final AtomicBoolean inUse = new AtomicBoolean();
    private final MemoryLog log = new MemoryLog();
    private final MemorySnapshots snapshots = new MemorySnapshots();
    private final MemoryValues values = new MemoryValues();

    /** Takes it for one storage; false when another one has it. */
    boolean tryLock() {
        return inUse.compareAndSet(false, true);
    }

    /** Lets go of it, and of what was not synced. */
    void unlock() {
        log.dropUnsynced();
        snapshots.dropUnfinished();
        inUse.set(false);
    }

    MemoryLog log() {
        return log;
    }

    MemorySnapshots snapshots() {
        return snapshots;
    }

    MemoryValues values() {
        return values;
    }
}
