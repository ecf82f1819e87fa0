package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.StorageDirectories;
import io.zookit.disk.StorageOnDisk;
import io.zookit.disk.ValueFiles;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The storage: log, snapshots and values as Apache has them. */
final class FilesStorage extends StorageOnDisk {
    /** Below the configured directories; Apache's name for it. */
    static final String DIRECTORY = "version-2";

    /** Written as Apache has them: the text and nothing else. */
    private static final Set<String> EPOCHS = Set.of("acceptedEpoch", "currentEpoch");

    private final DiskCalls disk;
    private final LogOptions options;
    private final String packing;
    private final ServerClock clock;

    /**
     * @param dataDirectory above the directory of snapshots and values
     * @param logDirectory above the directory of the log
     * @param packing of new snapshots: empty or {@link SnapshotLayout#GZIP}
     */
    FilesStorage(
            DiskCalls disk,
            Path dataDirectory,
            Path logDirectory,
            LogOptions options,
            String packing,
            ServerClock clock) {
        super(new StorageDirectories(disk, dataDirectory.resolve(DIRECTORY), logDirectory.resolve(DIRECTORY)));
        this.disk = disk;
        this.options = options;
        this.packing = packing;
        this.clock = clock;
    }

    @Override
    protected Parts openFiles(StorageDirectories directories, List<String> repairs) {
        Path data = directories.data();
        Path logs = directories.log();
        if (!directories.areOne()) {
            refuseStrays(data, FileNames.LOG, "dataLogDir", logs);
            refuseStrays(logs, FileNames.SNAPSHOT, "dataDir", data);
        }
        directories.removeUnfinished();
        SnapshotFiles snapshots = new SnapshotFiles(disk, data, packing);
        LogRecovery.Found found = new LogRecovery(disk, logs, repairs).recover();
        FileLog log = directories.closing(
                new FileLog(disk, logs, options, clock, found, () -> FreshState.writeInto(snapshots)));
        return new Parts(log, snapshots, new ValueFiles(disk, data, EPOCHS));
    }

    /** Files in the wrong one of two directories mean that one of them was configured later: part of the data would be missed. */
    private void refuseStrays(Path directory, String word, String key, Path belongsTo) {
        List<FileNames.Numbered> strays = FileNames.list(disk, directory, word);
        if (!strays.isEmpty()) {
            throw new StorageException(
                    directory + " holds " + strays.get(0).name() + ", but with " + key + " such files belong to "
                            + belongsTo + "; move all files " + word + ".* there, or correct " + key,
                    null);
        }
    }
}
