package io.zookit.storage.mapdb;

import io.zookit.disk.DiskBlocks;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Writes zeros. */
final class Zeros {
    // Big enough that system calls do not count.
    private static final int CHUNK_BYTES = 256 * 1024;
    // Forced in steps, so that a log force that happens meanwhile does not have the whole file to wait for.
    private static final long FORCE_BYTES = 4L << 20;

    private Zeros() {}

    /** Fills {@code [start, end)}; does not force. */
    static void write(DiskVolume volume, long start, long end) {
        ByteBuffer zeros = DiskBlocks.allocate((int) Math.max(0, Math.min(CHUNK_BYTES, end - start)));
        for (long offset = start; offset < end; offset += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), end - offset));
            volume.putData(offset, zeros);
        }
    }

    /**
     * Fills a new file from its beginning and makes it durable.
     *
     * @param stop asked now and then; true ends the work early
     */
    static void prefill(DiskVolume volume, long bytes, BooleanSupplier stop) {
        for (long offset = 0; offset < bytes && !stop.getAsBoolean(); offset += FORCE_BYTES) {
            write(volume, offset, Math.min(bytes, offset + FORCE_BYTES));
            volume.sync();
        }
    }
}
