package io.zookit.storage.files;

import io.zookit.spi.ServerClock;
import java.nio.file.Path;

/** Makes storages on a simulated disk. */
final class Storages {
    static final Path DATA = Path.of("/data");
    static final Path LOG = Path.of("/log");
    static final LogOptions OPTIONS = new LogOptions(8 * 1024, true, 1_000);

    private Storages() {}

    /** A storage that is not open yet. */
    static FilesStorage on(DiskCalls disk) {
        return new FilesStorage(disk, DATA, LOG, OPTIONS, "", ServerClock.system());
    }

    static FilesStorage openOn(DiskCalls disk) {
        FilesStorage storage = on(disk);
        storage.open();
        return storage;
    }

    /** The path of a log file on the simulated disk. */
    static Path logFile(long zxid) {
        return LOG.resolve(FilesStorage.DIRECTORY).resolve(FileNames.of(FileNames.LOG, zxid));
    }

    static Path snapshotFile(long zxid) {
        return DATA.resolve(FilesStorage.DIRECTORY).resolve(FileNames.of(FileNames.SNAPSHOT, zxid));
    }
}
