package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.StorageDirectories;
import io.zookit.disk.StorageOnDisk;
import io.zookit.disk.ValueFiles;
import io.zookit.spi.ServerClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The storage: a log in segments, snapshots in the format of MapDB, small values. */
final class MapdbStorage extends StorageOnDisk {
    /** The directory of our files below the configured ones: no other server mistakes them for its own. */
    static final String DIRECTORY = "mapdb-1";

    private final DiskCalls disk;
    private final LogOptions options;
    private final ServerClock clock;
    private final SplittableRandom random;
    private final Function<Path, Spares> spares;

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
        super(new StorageDirectories(disk, dataDirectory.resolve(DIRECTORY), logDirectory.resolve(DIRECTORY)));
        this.disk = disk;
        this.options = options;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.spares = spares;
    }

    @Override
    protected Parts openFiles(StorageDirectories directories, List<String> repairs) {
        directories.removeUnfinished();
        LogRecovery recovery = new LogRecovery(disk, directories.log(), repairs);
        LogRecovery.Found found = recovery.recover();
        SegmentTail tail = found.tail();
        if (tail != null) {
            directories.closing(tail::close);
        }
        Spares source = directories.closing(spares.apply(directories.log()));
        SegmentedLog log = directories.closing(
                new SegmentedLog(disk, directories.log(), options, clock, source, random::nextLong, recovery, found));
        return new Parts(
                log, new SnapshotFiles(disk, directories.data()), new ValueFiles(disk, directories.data(), Set.of()));
    }
}
