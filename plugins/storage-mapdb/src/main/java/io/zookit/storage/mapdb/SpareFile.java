package io.zookit.storage.mapdb;

import io.zookit.disk.DiskBlocks;
import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.UnfinishedFiles;
import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * A file that will be a segment: full of zeros, or empty.
 *
 * <p>Overwriting zeros that were forced changes neither the length of the file nor its place on the disk, so a force writes the data
 * only, and a lone write is on the disk in two thirds of the time. For a group of writes that makes no difference, and then the zeros
 * would only be written twice.
 *
 * @param volume the file, open for writing
 * @param bytes its length, or what it may grow to
 * @param isFilled whether it is full of zeros
 */
record SpareFile(DiskVolume volume, long bytes, boolean isFilled) {
    /**
     * Makes an empty one.
     *
     * @param bytes what it may grow to
     * @throws StorageException when there is no room for that much, or the file cannot be made
     */
    static SpareFile empty(DiskCalls disk, Path directory, String name, long bytes) {
        long room = DiskBlocks.roundUp(bytes);
        requireRoom(disk, directory, room);
        Path path = UnfinishedFiles.of(directory.resolve(name));
        return new SpareFile(DiskVolume.open(disk, path, DiskCalls.Access.CREATE_BLOCKS), room, false);
    }

    /**
     * Makes one and fills it with zeros, so that a full disk is noticed before a transaction depends on it.
     *
     * @param stop asked now and then; true ends the work early
     * @throws StorageException when there is no room for it, or writing fails; no file is left then
     */
    static SpareFile filled(DiskCalls disk, Path directory, String name, long bytes, BooleanSupplier stop) {
        SpareFile spare = empty(disk, directory, name, bytes);
        try {
            Zeros.prefill(spare.volume, spare.bytes, stop);
            return new SpareFile(spare.volume, spare.bytes, true);
        } catch (StorageException e) {
            try {
                spare.discard(disk);
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
            throw DiskFailure.of("ask the free space of", directory, e);
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
            throw DiskFailure.of("delete", volume.path(), e);
        }
    }
}
