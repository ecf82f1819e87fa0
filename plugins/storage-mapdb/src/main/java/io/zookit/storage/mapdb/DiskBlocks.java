package io.zookit.storage.mapdb;

import java.nio.ByteBuffer;

/**
 * The unit in which the log is written. Whole blocks, from memory that begins at a block too, may go to the disk past the memory of
 * the system (see {@link DiskCalls.Access#WRITE_BLOCKS}).
 */
final class DiskBlocks {
    /** The usual block of file systems, and a multiple of what disks write at once. */
    static final int BYTES = 4096;

    private DiskBlocks() {}

    /** A zeroed buffer from which blocks can be written. */
    static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(roundUp(bytes) + BYTES - 1).alignedSlice(BYTES);
    }

    /** The length in bytes of as many whole blocks as hold this many. */
    static int roundUp(int bytes) {
        return Math.toIntExact(roundUp((long) bytes));
    }

    /** The length in bytes of as many whole blocks as hold this many. */
    static long roundUp(long bytes) {
        return Math.addExact(bytes, BYTES - 1) & -BYTES;
    }

    /** How far into its block an offset is. */
    static int within(long offset) {
        return (int) (offset & (BYTES - 1));
    }
}
