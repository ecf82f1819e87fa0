package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.StorageDirectories;
import io.zookit.disk.ValueFiles;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The storage: two directories, which may be one, locked while it is open. Opened and closed by the server's main thread. */
final class FilesStorage implements Storage {
    /** Below the configured directories; Apache's name for it. */
    static final String DIRECTORY = "version-2";

    /** Written as Apache has them: the text and nothing else. */
    private static final Set<String> EPOCHS = Set.of("acceptedEpoch", "currentEpoch");

    private final DiskCalls disk;
    private final StorageDirectories directories;
    private final LogOptions options;
    private final String packing;
    private final ServerClock clock;
    private final List<String> repairs = new ArrayList<>();
    private @Nullable FileLog log;
    private @Nullable SnapshotFiles snapshots;
    private @Nullable ValueFiles values;

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
        this.disk = disk;
        this.directories =
                new StorageDirectories(disk, dataDirectory.resolve(DIRECTORY), logDirectory.resolve(DIRECTORY));
        this.options = options;
        this.packing = packing;
        this.clock = clock;
    }

    @Override
    public void open() {
        directories.lock();
        Path data = directories.data();
        Path logs = directories.log();
        if (!directories.areOne()) {
            refuseStrays(data, FileNames.LOG, "dataLogDir", logs);
            refuseStrays(logs, FileNames.SNAPSHOT, "dataDir", data);
        }
        directories.removeUnfinished();
        values = new ValueFiles(disk, data, EPOCHS);
        SnapshotFiles files = new SnapshotFiles(disk, data, packing);
        snapshots = files;
        LogRecovery.Found found = new LogRecovery(disk, logs, repairs).recover();
        log = directories.closing(new FileLog(disk, logs, options, clock, found, () -> FreshState.writeInto(files)));
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
