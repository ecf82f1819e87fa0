package io.zookit.storage.mapdb;

import io.zookit.model.Check;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Collects records into a frame, in one buffer that is used again and again. Used by the log thread. */
final class FrameBuilder {
    private static final int INITIAL_BYTES = 64 * 1024;
    // A buffer that one large batch has blown up further than this is not kept.
    private static final int KEPT_BYTES = 4 << 20;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer scratch = ByteBuffer.allocate(32);
    private ByteBuffer frame = ByteBuffer.allocateDirect(INITIAL_BYTES).position(FrameLayout.HEADER_BYTES);
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
        return FrameLayout.padded(frame.position());
    }

    void add(long zxid, byte[] record) {
        add(zxid, ByteBuffer.wrap(record));
    }

    void add(long zxid, ByteBuffer record) {
        reserve(FrameLayout.RECORD_HEADER_BYTES + record.remaining());
        frame.putLong(zxid).putInt(record.remaining()).put(record);
        if (count++ == 0) {
            firstZxid = zxid;
        }
        lastZxid = zxid;
    }

    private void reserve(int bytes) {
        // Room for the padding, too.
        long needed = (long) frame.position() + bytes + Long.BYTES;
        Check.state(needed <= Integer.MAX_VALUE, "one record is smaller than 2 GiB");
        if (needed > frame.capacity()) {
            int capacity = (int) Math.min(Integer.MAX_VALUE, Math.max(needed, 2L * frame.capacity()));
            frame = ByteBuffer.allocateDirect(capacity).put(frame.flip());
        }
    }

    /**
     * Completes the frame for a place in a segment.
     *
     * @return its bytes and the padding, to be written from position to limit before anything else is called here
     */
    ByteBuffer seal(SegmentHeader segment, long offset, long previousZxid, long syncedOffset) {
        int length = frame.position();
        frame.limit(frame.capacity());
        while (frame.position() < FrameLayout.padded(length)) {
            frame.put((byte) 0);
        }
        frame.putInt(FrameLayout.LENGTH, length)
                .putInt(FrameLayout.MARK, segment.mark())
                .putInt(FrameLayout.COUNT, count)
                .putLong(FrameLayout.PREVIOUS_ZXID, previousZxid)
                .putLong(FrameLayout.SYNCED_OFFSET, syncedOffset);
        frame.putInt(FrameLayout.CRC, FrameLayout.crc(crc, scratch, frame, 0, segment.salt(), offset));
        return frame.limit(FrameLayout.padded(length)).position(0);
    }

    /** Begins the next frame. */
    void clear() {
        count = 0;
        if (frame.capacity() > KEPT_BYTES) {
            frame = ByteBuffer.allocateDirect(INITIAL_BYTES);
        }
        frame.clear().position(FrameLayout.HEADER_BYTES);
    }
}
