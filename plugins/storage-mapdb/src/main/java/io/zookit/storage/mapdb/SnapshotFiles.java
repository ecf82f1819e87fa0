package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.model.Acl;
import io.zookit.model.Check;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each snapshot in a file of its own. A file that has its final name was complete when it got it. */
final class SnapshotFiles implements SnapshotStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotFiles.class);

    private final DiskCalls disk;
    private final Path directory;
    private final AtomicBoolean writing = new AtomicBoolean();
    // Read from end to end by this process, so that a purge need not read them all again each time.
    private final Set<Long> sound = ConcurrentHashMap.newKeySet();

    SnapshotFiles(DiskCalls disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    @Override
    public List<Long> zxids() {
        List<Long> zxids = FileNames.zxids(disk, directory, FileNames.SNAPSHOT);
        Collections.reverse(zxids);
        return zxids;
    }

    @Override
    public SnapshotWriter write(long zxid) {
        Check.state(writing.compareAndSet(false, true), "one snapshot is written at a time");
        sound.remove(zxid);
        try {
            return new SnapshotFileWriter(disk, path(zxid), zxid, () -> writing.set(false));
        } catch (RuntimeException e) {
            writing.set(false);
            throw e;
        }
    }

    @Override
    public void read(long zxid, SnapshotSink sink) {
        DiskVolume volume = DiskVolume.open(disk, path(zxid), DiskCalls.Access.READ);
        try {
            new SnapshotFileReader(volume, zxid, sink).read();
        } finally {
            volume.close();
        }
        sound.add(zxid);
    }

    @Override
    public long retain(int count) {
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
                delete(all.get(i));
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
        } catch (CorruptStorageException e) {
            LOGGER.error("A snapshot is damaged, so it does not count as one that is kept: {}", e.getMessage());
            return false;
        }
    }

    private void delete(long zxid) {
        Path path = path(zxid);
        try {
            disk.delete(path);
            disk.forceDirectory(directory);
        } catch (IOException e) {
            throw DiskFailure.of("delete", path, e);
        }
        sound.remove(zxid);
    }

    private Path path(long zxid) {
        return directory.resolve(FileNames.of(FileNames.SNAPSHOT, zxid));
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
