package io.zookit.disk;

import io.zookit.model.Acl;
import io.zookit.model.Check;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of a storage that keeps them in files, whatever their format: one is written at a time, and a purge keeps as many as it
 * should of those that can be read. May be used by any thread, as {@link SnapshotStore} says.
 */
public abstract class SnapshotsOnDisk implements SnapshotStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotsOnDisk.class);

    private final AtomicBoolean writing = new AtomicBoolean();
    // Read from end to end by this process, so that a purge need not read them all again each time.
    private final Set<Long> sound = ConcurrentHashMap.newKeySet();

    /** No snapshot is known to be sound yet. */
    protected SnapshotsOnDisk() {}

    /**
     * Begins to write a file.
     *
     * @param whenOver to be run once, when the writer is closed
     */
    protected abstract SnapshotWriter writeFile(long zxid, Runnable whenOver);

    /**
     * Reads a file from end to end.
     *
     * @throws StorageException when it is not there, or damaged, or cannot be read
     */
    protected abstract void readFile(long zxid, SnapshotSink sink);

    /**
     * Deletes all files of a snapshot, for good.
     *
     * @throws StorageException when the disk refuses
     */
    protected abstract void deleteFiles(long zxid);

    @Override
    public final SnapshotWriter write(long zxid) {
        Check.state(writing.compareAndSet(false, true), "one snapshot is written at a time");
        sound.remove(zxid);
        try {
            return writeFile(zxid, () -> writing.set(false));
        } catch (RuntimeException e) {
            writing.set(false);
            throw e;
        }
    }

    @Override
    public final void read(long zxid, SnapshotSink sink) {
        readFile(zxid, sink);
        sound.add(zxid);
    }

    @Override
    public final long retain(int count) {
        Check.state(count >= 1, "at least one snapshot stays");
        List<Long> all = zxids();
        List<Long> kept = new ArrayList<>();
        int next = 0;
        while (next < all.size() && kept.size() < count) {
            long zxid = all.get(next);
            if (isSound(zxid)) {
                kept.add(zxid);
            }
            next++;
        }
        if (kept.size() == count) {
            // Oldest first: what an interruption leaves are the newest.
            for (int i = all.size() - 1; i >= next; i--) {
                deleteFiles(all.get(i));
                sound.remove(all.get(i));
            }
        }
        return kept.isEmpty() ? 0 : kept.get(kept.size() - 1);
    }

    private boolean isSound(long zxid) {
        if (sound.contains(zxid)) {
            return true;
        }
        try {
            read(zxid, Nowhere.INSTANCE);
            return true;
        } catch (StorageException e) {
            LOGGER.error("A snapshot cannot be read, so it does not count as one that is kept: {}", e.getMessage());
            return false;
        }
    }

    /** Takes everything and keeps nothing. */
    private enum Nowhere implements SnapshotSink {
        INSTANCE;

        @Override
        public void session(long id, int timeoutMillis) {}

        @Override
        public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {}

        @Override
        public void end(@Nullable Long digest) {}
    }
}
