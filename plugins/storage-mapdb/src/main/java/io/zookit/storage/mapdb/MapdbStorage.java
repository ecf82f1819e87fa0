package io.zookit.storage.mapdb;

import io.zookit.disk.DirectoryLock;
import io.zookit.disk.DiskCalls;
import io.zookit.disk.ValueFiles;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The storage: two directories, which may be one, locked while it is open. Opened and closed by the server's main thread. */
final class MapdbStorage implements Storage {
    /** The directory of our files below the configured ones: no other server mistakes them for its own. */
    static final String DIRECTORY = "mapdb-1";

    private final DiskCalls disk;
    private final Path dataDirectory;
    private final Path logDirectory;
    private final LogOptions options;
    private final ServerClock clock;
    private final SplittableRandom random;
    private final Function<Path, Spares> spares;
    private final List<String> repairs = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable SegmentedLog log;
    private @Nullable SnapshotFiles snapshots;
    private @Nullable ValueFiles values;

    /**
     * @param dataDirectory above the directory of snapshots and values
     * @param logDirectory above the directory of the log
     * @param seed for the salts of the log
     * @param spares makes the source of log files for a directory; it is closed by this storage
     */
    MapdbStorage(
            DiskCalls disk,
            Path dataDirectory,
            Path logDirectory,
            LogOptions options,
            ServerClock clock,
            long seed,
            Function<Path, Spares> spares) {
        this.disk = disk;
        this.dataDirectory = dataDirectory.resolve(DIRECTORY);
        this.logDirectory = logDirectory.resolve(DIRECTORY);
        this.options = options;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.spares = spares;
    }

    @Override
    public void open() {
        DirectoryLock data = acquire(dataDirectory);
        DirectoryLock logs = isSameDirectory(data) ? data : acquire(logDirectory);
        data.removeUnfinished(disk);
        if (logs != data) {
            logs.removeUnfinished(disk);
        }
        values = new ValueFiles(disk, data.path(), Set.of());
        snapshots = new SnapshotFiles(disk, data.path());
        LogRecovery recovery = new LogRecovery(disk, logs.path(), repairs);
        LogRecovery.Found found = recovery.recover();
        SegmentTail tail = found.tail();
        if (tail != null) {
            open.push(tail::close);
        }
        Spares source = spares.apply(logs.path());
        open.push(source);
        SegmentedLog opened =
                new SegmentedLog(disk, logs.path(), options, clock, source, random::nextLong, recovery, found);
        open.push(opened);
        log = opened;
    }

    private DirectoryLock acquire(Path directory) {
        DirectoryLock lock = DirectoryLock.acquire(disk, directory);
        open.push(lock);
        return lock;
    }

    private boolean isSameDirectory(DirectoryLock data) {
        try {
            return data.path().equals(disk.createDirectories(logDirectory));
        } catch (IOException e) {
            // Acquiring it says what is wrong.
            return false;
        }
    }

    @Override
    public List<String> repairs() {
        return List.copyOf(repairs);
    }

    @Override
    public String location() {
        return dataDirectory.equals(logDirectory)
                ? dataDirectory.toString()
                : "snapshots in " + dataDirectory + ", log in " + logDirectory;
    }

    @Override
    public TransactionLog log() {
        return opened(log);
    }

    @Override
    public SnapshotStore snapshots() {
        return opened(snapshots);
    }

    @Override
    public ValueStore values() {
        return opened(values);
    }

    @Override
    public long usableBytes() {
        opened(log);
        return Math.min(usableBytes(dataDirectory), usableBytes(logDirectory));
    }

    private long usableBytes(Path directory) {
        try {
            return disk.usableBytes(directory);
        } catch (IOException untold) {
            // Not worth stopping for: should the disk be broken, the next write says so.
            return Long.MAX_VALUE;
        }
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the storage is not open");
        }
        return part;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                RuntimeException unchecked = e instanceof RuntimeException known ? known : new IllegalStateException(e);
                if (first == null) {
                    first = unchecked;
                } else {
                    first.addSuppressed(unchecked);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
