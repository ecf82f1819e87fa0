package io.zookit.disk;

import java.nio.ByteBuffer;

/**
 * The unit in which the log is written. Whole blocks, from memory that begins at a block too, may go to the disk past the memory of
 * the system (see {@link DiskCalls.Access#WRITE_BLOCKS}).
 */
public final class DiskBlocks {
    /** The usual block of file systems, and a multiple of what disks write at once. */
    public static final int BYTES = 4096;

    private DiskBlocks() {}

    /** A zeroed buffer from which blocks can be written. */
    public static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(roundUp(bytes) + BYTES - 1).alignedSlice(BYTES);
    }

    /** The length in bytes of as many whole blocks as hold this many. */
    public static int roundUp(int bytes) {
        return Math.toIntExact(roundUp((long) bytes));
    }

    /** The length in bytes of as many whole blocks as hold this many. */
    public static long roundUp(long bytes) {
        return Math.addExact(bytes, BYTES - 1) & -BYTES;
    }

    /** How far into its block an offset is. */
    public static int within(long offset) {
        return (int) (offset & (BYTES - 1));
    }
}
