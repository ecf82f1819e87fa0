package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.StorageDirectories;
import io.zookit.disk.ValueFiles;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final StorageDirectories directories;
    private final LogOptions options;
    private final ServerClock clock;
    private final SplittableRandom random;
    private final Function<Path, Spares> spares;
    private final List<String> repairs = new ArrayList<>();
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
        this.directories =
                new StorageDirectories(disk, dataDirectory.resolve(DIRECTORY), logDirectory.resolve(DIRECTORY));
        this.options = options;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.spares = spares;
    }

    @Override
    public void open() {
        directories.lock();
        directories.removeUnfinished();
        values = new ValueFiles(disk, directories.data(), Set.of());
        snapshots = new SnapshotFiles(disk, directories.data());
        LogRecovery recovery = new LogRecovery(disk, directories.log(), repairs);
        LogRecovery.Found found = recovery.recover();
        SegmentTail tail = found.tail();
        if (tail != null) {
            directories.closing(tail::close);
        }
        Spares source = directories.closing(spares.apply(directories.log()));
        log = directories.closing(
                new SegmentedLog(disk, directories.log(), options, clock, source, random::nextLong, recovery, found));
    }

    @Override
    public List<String> repairs() {
        return List.copyOf(repairs);
    }

    @Override
    public String location() {
        return directories.location();
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
        return directories.usableBytes();
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the storage is not open");
        }
        return part;
    }

    @Override
    public void close() {
        directories.close();
    }
}
