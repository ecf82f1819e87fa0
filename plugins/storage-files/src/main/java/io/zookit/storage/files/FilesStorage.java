package io.zookit.storage.files;

import io.zookit.disk.DirectoryLock;
import io.zookit.disk.DiskCalls;
import io.zookit.disk.ValueFiles;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    private final Path dataDirectory;
    private final Path logDirectory;
    private final LogOptions options;
    private final String packing;
    private final ServerClock clock;
    private final List<String> repairs = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
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
        this.dataDirectory = dataDirectory.resolve(DIRECTORY);
        this.logDirectory = logDirectory.resolve(DIRECTORY);
        this.options = options;
        this.packing = packing;
        this.clock = clock;
    }

    @Override
    public void open() {
        DirectoryLock data = acquire(dataDirectory);
        DirectoryLock logs = isSameDirectory(data) ? data : acquire(logDirectory);
        if (logs != data) {
            refuseStrays(data.path(), FileNames.LOG, "dataLogDir", logs.path());
            refuseStrays(logs.path(), FileNames.SNAPSHOT, "dataDir", data.path());
            logs.removeUnfinished(disk);
        }
        data.removeUnfinished(disk);
        values = new ValueFiles(disk, data.path(), EPOCHS);
        SnapshotFiles files = new SnapshotFiles(disk, data.path(), packing);
        snapshots = files;
        LogRecovery.Found found = new LogRecovery(disk, logs.path(), repairs).recover();
        FileLog opened = new FileLog(disk, logs.path(), options, clock, found, () -> FreshState.writeInto(files));
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
