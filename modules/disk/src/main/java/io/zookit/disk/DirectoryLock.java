package io.zookit.disk;

import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory that belongs to this storage until it is closed: the operating system keeps the lock on its file {@code lock} and
 * drops it when the process ends, however it ends.
 *
 * @param path the directory, without links
 * @param lock the lock on its file
 */
public record DirectoryLock(Path path, AutoCloseable lock) implements AutoCloseable {
    /** The name of the file. */
    public static final String FILE_NAME = "lock";

    /**
     * Creates a directory where it is missing, locks it, and clears away unfinished files of an earlier process.
     *
     * @throws StorageException when that is not possible, naming the directory
     */
    public static DirectoryLock acquire(DiskCalls disk, Path directory) {
        Path path;
        AutoCloseable lock;
        try {
            path = disk.createDirectories(directory);
            lock = disk.tryLock(path.resolve(FILE_NAME));
        } catch (IOException e) {
            throw new StorageException(
                    "cannot create and write " + directory + ": " + e
                            + "; create it and give it to the user the server runs as, or configure another directory",
                    e);
        }
        if (lock == null) {
            throw new StorageException(
                    directory + " is in use by another server, which holds the lock on its file " + FILE_NAME
                            + "; stop that server or configure another directory",
                    null);
        }
        return new DirectoryLock(path, lock);
    }

    /**
     * Deletes what an unfinished write has left.
     *
     * @throws StorageException when that fails
     */
    public void removeUnfinished(DiskCalls disk) {
        try {
            for (String name : disk.list(path)) {
                if (UnfinishedFiles.isOne(name)) {
                    disk.delete(path.resolve(name));
                }
            }
            // Names that an earlier process made and did not force must not be lost after they have been relied upon.
            disk.forceDirectory(path);
        } catch (IOException e) {
            throw DiskFailure.of("clear unfinished files in", path, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (Exception e) {
            throw new StorageException("cannot release the lock of " + path, e);
        }
    }
}
