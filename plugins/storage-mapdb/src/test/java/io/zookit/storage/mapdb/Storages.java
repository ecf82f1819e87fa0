package io.zookit.storage.mapdb;

import io.zookit.spi.ServerClock;
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
        return on(disk, OPTIONS);
    }

    static MapdbStorage on(DiskCalls disk, LogOptions options) {
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

    /** The path of a log file on the simulated disk. */
    static Path logFile(long zxid) {
        return LOG.resolve(MapdbStorage.DIRECTORY).resolve(FileNames.of(FileNames.LOG, zxid));
    }

    static Path snapshotFile(long zxid) {
        return DATA.resolve(MapdbStorage.DIRECTORY).resolve(FileNames.of(FileNames.SNAPSHOT, zxid));
    }
}
