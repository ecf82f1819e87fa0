package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.RealDisk;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.Storage;
import java.nio.file.Path;

/** Makes storages on a simulated disk. */
final class Storages {
    static final Path DATA = Path.of("/data");
    static final Path LOG = Path.of("/log");
    static final int SEGMENT_BYTES = 8 * 1024;
    static final LogOptions OPTIONS = new LogOptions(SEGMENT_BYTES, true, 1_000);

    private Storages() {}

    /** A storage that is not open yet. */
    static MapdbStorage on(DiskCalls disk) {
        return with(disk, OPTIONS);
    }

    static MapdbStorage with(DiskCalls disk, LogOptions options) {
        return new MapdbStorage(
                disk,
                DATA,
                LOG,
                options,
                ServerClock.system(),
                42,
                directory -> new InlineSpares(disk, directory, options.segmentBytes()));
    }

    static MapdbStorage openOn(DiskCalls disk) {
        MapdbStorage storage = on(disk);
        storage.open();
        return storage;
    }

    /** In a directory of the machine, with the thread that prepares log files; not open yet. */
    static Storage inDirectory(Path directory) {
        DiskCalls disk = new RealDisk(true);
        long segmentBytes = 64 * 1024;
        return new MapdbStorage(
                disk,
                directory,
                directory,
                new LogOptions(segmentBytes, true, 10_000),
                ServerClock.system(),
                1,
                place -> {
                    BackgroundSpares spares = new BackgroundSpares(disk, place, segmentBytes, Thread::new);
                    spares.start();
                    return spares;
                });
    }

    /** The path of a log file on the simulated disk. */
    static Path logFile(long zxid) {
        return LOG.resolve(MapdbStorage.DIRECTORY).resolve(FileNames.of(FileNames.LOG, zxid));
    }

    static Path snapshotFile(long zxid) {
        return DATA.resolve(MapdbStorage.DIRECTORY).resolve(FileNames.of(FileNames.SNAPSHOT, zxid));
    }
}
