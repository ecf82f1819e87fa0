package io.zookit.storage.mapdb;

import java.nio.ByteBuffer;

/**
 * What stands after the last valid frame of a segment. A frame that was being written when the power failed can have reached
 * the disk in any part: its beginning may be zero and its end there.
 *
 * @param nonZeroEnd the end of the last byte that is not zero; where the scan began if all are
 * @param witnessOffset a valid frame that says bytes beyond the beginning of the scan were synced; -1 for none
 */
record TailScan(long nonZeroEnd, long witnessOffset) {
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int STEP_BYTES = 8;

    /**
     * Looks at everything from an offset to the end of the file.
     *
     * @param start where a frame would begin
     */
    static TailScan of(DiskVolume volume, SegmentHeader header, long start) {
        long limit = volume.length();
        byte[] chunk = new byte[CHUNK_BYTES];
        long nonZeroEnd = start;
        long witness = -1;
        // Chunks overlap by a frame header, so that each place is seen with its header whole.
        for (long offset = start; offset < limit; offset += CHUNK_BYTES - FrameLayout.HEADER_BYTES) {
            int count = (int) Math.min(CHUNK_BYTES, limit - offset);
            volume.getData(offset, chunk, 0, count);
            int last = count - 1;
            while (last >= 0 && chunk[last] == 0) {
                last--;
            }
            if (last < 0) {
                continue;
            }
            nonZeroEnd = offset + last + 1;
            if (witness < 0) {
                witness = findWitness(volume, header, start, offset, ByteBuffer.wrap(chunk, 0, count));
            }
        }
        return new TailScan(nonZeroEnd, witness);
    }

    private static long findWitness(
            DiskVolume volume, SegmentHeader header, long start, long chunkOffset, ByteBuffer chunk) {
        int mark = header.mark();
        for (int i = 0; i + FrameLayout.HEADER_BYTES <= chunk.limit(); i += STEP_BYTES) {
            if (chunk.getInt(i + FrameLayout.MARK) == mark && chunk.getLong(i + FrameLayout.SYNCED_OFFSET) > start) {
                FrameCursor candidate = new FrameCursor(volume, header, chunkOffset + i);
                if (candidate.next(volume.length()) == FrameCursor.Step.FRAME) {
                    return chunkOffset + i;
                }
            }
        }
        return -1;
    }

    /** Whether something was written here that is not a frame. */
    boolean isTorn(long start) {
        return nonZeroEnd > start;
    }
}
