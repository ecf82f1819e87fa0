package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.RealDisk;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.Storage;
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

    /** In a directory of the machine, with snapshots packed in a way; not open yet. */
    static Storage inDirectory(Path directory, String packing) {
        LogOptions options = new LogOptions(64 * 1024, true, 10_000);
        return new FilesStorage(new RealDisk(false), directory, directory, options, packing, ServerClock.system());
    }

    /** The path of a log file on the simulated disk. */
    static Path logFile(long zxid) {
        return LOG.resolve(FilesStorage.DIRECTORY).resolve(FileNames.of(FileNames.LOG, zxid));
    }

    static Path snapshotFile(long zxid) {
        return DATA.resolve(FilesStorage.DIRECTORY).resolve(FileNames.of(FileNames.SNAPSHOT, zxid));
    }
}
