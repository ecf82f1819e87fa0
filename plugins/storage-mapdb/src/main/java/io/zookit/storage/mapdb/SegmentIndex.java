package io.zookit.storage.mapdb;

import java.util.Arrays;

/** Where some of the frames of a segment are, so that a reader need not start at its beginning. Safe for all threads. */
final class SegmentIndex {
    // One entry for as much as a cursor reads at once.
    private static final long STEP_BYTES = 64 * 1024;

    private long[] zxids = new long[16];
    private long[] offsets = new long[16];
    private int size;

    /** Tells of a frame. Most are ignored, and all that come before the last known one. */
    synchronized void note(long firstZxid, long offset) {
        long last = size == 0 ? SegmentHeader.BYTES : offsets[size - 1];
        if (offset < last + STEP_BYTES) {
            return;
        }
        if (size == zxids.length) {
            zxids = Arrays.copyOf(zxids, 2 * size);
            offsets = Arrays.copyOf(offsets, 2 * size);
        }
        zxids[size] = firstZxid;
        offsets[size] = offset;
        size++;
    }

    /** The offset of a frame at or before the one that holds the first record with a greater zxid. */
    synchronized long startFor(long afterZxid) {
        int found = Arrays.binarySearch(zxids, 0, size, afterZxid);
        int floor = found >= 0 ? found : -found - 2;
        return floor < 0 ? SegmentHeader.BYTES : offsets[floor];
    }
}
