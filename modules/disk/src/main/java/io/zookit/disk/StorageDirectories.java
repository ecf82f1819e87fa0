package io.zookit.disk;

import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a storage, one for its log and one for the rest, which may be the same. Locked from {@link #lock} until they are
 * closed. Whatever else is open with them is closed before, the newest first. Used by the thread that opens and closes the storage.
 */
public final class StorageDirectories implements AutoCloseable {
    private final DiskCalls disk;
    private final Path configuredData;
    private final Path configuredLog;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable DirectoryLock data;
    private @Nullable DirectoryLock log;

    /**
     * Touches nothing yet.
     *
     * @param data of snapshots and values
     * @param log of the log
     */
    public StorageDirectories(DiskCalls disk, Path data, Path log) {
        this.disk = disk;
        this.configuredData = data;
        this.configuredLog = log;
    }

    /**
     * Creates the directories where they are missing, and locks them. Called once.
     *
     * @throws StorageException when one of them cannot be written, or is in use
     */
    public void lock() {
        DirectoryLock first = acquire(configuredData);
        data = first;
        log = holds(first, configuredLog) ? first : acquire(configuredLog);
    }

    private boolean holds(DirectoryLock lock, Path directory) {
        try {
            return lock.path().equals(disk.createDirectories(directory));
        } catch (IOException e) {
            // Acquiring it says what is wrong.
            return false;
        }
    }

    private DirectoryLock acquire(Path directory) {
        return closing(DirectoryLock.acquire(disk, directory));
    }

    /** The directory of snapshots and values, without links. */
    public Path data() {
        return locked(data).path();
    }

    /** The directory of the log, without links. */
    public Path log() {
        return locked(log).path();
    }

    /** Whether it is one directory for everything. */
    public boolean areOne() {
        return locked(data) == locked(log);
    }

    private static DirectoryLock locked(@Nullable DirectoryLock directory) {
        if (directory == null) {
            throw new IllegalStateException("the storage is not open");
        }
        return directory;
    }

    /**
     * Deletes what unfinished writes of an earlier process have left.
     *
     * @throws StorageException when that fails
     */
    public void removeUnfinished() {
        locked(data).removeUnfinished(disk);
        if (!areOne()) {
            locked(log).removeUnfinished(disk);
        }
    }

    /** Has something closed before the directories are released, and before whatever was given earlier; returns it. */
    public <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Where they are, as configured, for people. */
    public String location() {
        return configuredData.equals(configuredLog)
                ? configuredData.toString()
                : "snapshots in " + configuredData + ", log in " + configuredLog;
    }

    /** The space that is left, in bytes, where there is less of it; {@link Long#MAX_VALUE} where that is not told. */
    public long usableBytes() {
        return Math.min(usableBytes(data()), usableBytes(log()));
    }

    private long usableBytes(Path directory) {
        try {
            return disk.usableBytes(directory);
        } catch (IOException untold) {
            // Not worth stopping for: should the disk be broken, the next write says so.
            return Long.MAX_VALUE;
        }
    }

    /**
     * Closes everything, also when something fails to close. Nothing happens when nothing is open.
     *
     * @throws RuntimeException the first failure, with the others as suppressed ones
     */
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
