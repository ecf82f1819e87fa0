package io.zookit.storage.mapdb;

import io.zookit.disk.DiskBlocks;
import io.zookit.model.Check;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Collects records into a frame, in one buffer that is used again and again. The frame begins as far into the buffer as into its
 * block of the file, so that it can be written in whole blocks. Used by the log thread.
 */
final class FrameBuilder {
    private static final int INITIAL_BYTES = 64 * 1024;
    // A buffer that one large batch has blown up further than this is not kept.
    private static final int KEPT_BYTES = 4 << 20;

    private static final int LARGEST_BUFFER = Integer.MAX_VALUE - 2 * DiskBlocks.BYTES;

    /** As many as end a frame and its last block, at most. */
    private static final byte[] ZEROS = new byte[2 * DiskBlocks.BYTES];

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer scratch = ByteBuffer.allocate(32);
    private ByteBuffer frame = DiskBlocks.allocate(INITIAL_BYTES).position(FrameLayout.HEADER_BYTES);
    private int start;
    private int count;
    private long firstZxid;
    private long lastZxid;

    boolean isEmpty() {
        return count == 0;
    }

    /** The zxid of the first record; only when there is one. */
    long firstZxid() {
        return firstZxid;
    }

    /** The zxid of the last record; only when there is one. */
    long lastZxid() {
        return lastZxid;
    }

    /** How many bytes the frame takes in the segment. */
    int paddedLength() {
        return FrameLayout.padded(frame.position() - start);
    }

    void add(long zxid, byte[] bytes, int offset, int length) {
        begin(zxid, length);
        frame.put(bytes, offset, length);
    }

    void add(long zxid, ByteBuffer record) {
        begin(zxid, record.remaining());
        frame.put(record);
    }

    private void begin(long zxid, int length) {
        reserve(FrameLayout.RECORD_HEADER_BYTES + length);
        frame.putLong(zxid).putInt(length);
        if (count++ == 0) {
            firstZxid = zxid;
        }
        lastZxid = zxid;
    }

    private void reserve(int bytes) {
        // Room for the zeros to the end of the block, too.
        long needed = (long) frame.position() + bytes + DiskBlocks.BYTES;
        Check.state(needed <= LARGEST_BUFFER, "one record is smaller than 2 GiB");
        if (needed > frame.capacity()) {
            int capacity = (int) Math.min(LARGEST_BUFFER, Math.max(needed, 2L * frame.capacity()));
            frame = DiskBlocks.allocate(capacity).put(frame.flip());
        }
    }

    /**
     * Completes the frame for a place in a segment.
     *
     * @param offset where the frame begins in the segment
     * @param before what stands in the same block before it
     * @return whole blocks, the one it begins in first, to be written from position to limit before anything else is called here
     */
    ByteBuffer seal(SegmentHeader segment, long offset, ByteBuffer before, long previousZxid, long syncedOffset) {
        moveTo(DiskBlocks.within(offset));
        int length = frame.position() - start;
        frame.limit(frame.capacity());
        int end = DiskBlocks.roundUp(start + FrameLayout.padded(length));
        frame.put(ZEROS, 0, end - frame.position());
        frame.putInt(start + FrameLayout.LENGTH, length)
                .putInt(start + FrameLayout.MARK, segment.mark())
                .putInt(start + FrameLayout.COUNT, count)
                .putLong(start + FrameLayout.PREVIOUS_ZXID, previousZxid)
                .putLong(start + FrameLayout.SYNCED_OFFSET, syncedOffset);
        frame.putInt(start + FrameLayout.CRC, FrameLayout.crc(crc, scratch, frame, start, segment.salt(), offset));
        frame.clear().put(before.duplicate());
        return frame.limit(end).position(0);
    }

    /** When the frame goes to another place than was expected: the log went on in another file. */
    private void moveTo(int newStart) {
        if (newStart != start) {
            ByteBuffer records = frame.flip().position(start + FrameLayout.HEADER_BYTES);
            frame = DiskBlocks.allocate(newStart + records.limit() + DiskBlocks.BYTES)
                    .position(newStart + FrameLayout.HEADER_BYTES)
                    .put(records);
            start = newStart;
        }
    }

    /**
     * Begins the next frame.
     *
     * @param offset where it will stand in the segment, as far as is known
     */
    void clear(long offset) {
        count = 0;
        if (frame.capacity() > KEPT_BYTES) {
            frame = DiskBlocks.allocate(INITIAL_BYTES);
        }
        start = DiskBlocks.within(offset);
        frame.clear().position(start + FrameLayout.HEADER_BYTES);
    }
}
