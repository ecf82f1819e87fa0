package io.zookit.storage.mapdb;

import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * A file of zeros, forced, that will be a segment. Overwriting it changes neither its length nor its place on the disk, so that
 * a force writes the data only; and a full disk is noticed here, before a transaction depends on it.
 *
 * @param volume the file, open for writing
 * @param bytes its length
 */
record SpareFile(DiskVolume volume, long bytes) {
    /**
     * Makes one.
     *
     * @param stop asked now and then; true ends the work early
     * @throws StorageException when there is no room for it, or writing fails; no file is left then
     */
    static SpareFile create(DiskCalls disk, Path directory, String name, long bytes, BooleanSupplier stop) {
        requireRoom(disk, directory, bytes);
        Path path = directory.resolve(name + FileNames.UNFINISHED);
        DiskVolume volume = DiskVolume.open(disk, path, DiskCalls.Access.CREATE);
        try {
            Zeros.prefill(volume, bytes, stop);
            return new SpareFile(volume, bytes);
        } catch (StorageException e) {
            try {
                new SpareFile(volume, bytes).discard(disk);
            } catch (StorageException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private static void requireRoom(DiskCalls disk, Path directory, long bytes) {
        long usable;
        try {
            usable = disk.usableBytes(directory);
        } catch (IOException e) {
            throw Failure.of("ask the free space of", directory, e);
        }
        if (usable < bytes) {
            throw new StorageException(
                    "no room for the next log segment in " + directory + ": it takes " + bytes + " bytes, " + usable
                            + " are free; free some space or set a smaller preAllocSize, and start again",
                    null);
        }
    }

    /** Closes and deletes it. */
    void discard(DiskCalls disk) {
        volume.close();
        try {
            disk.delete(volume.path());
        } catch (IOException e) {
            throw Failure.of("delete", volume.path(), e);
        }
    }
}
