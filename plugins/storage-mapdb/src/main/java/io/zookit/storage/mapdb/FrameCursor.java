package io.zookit.storage.mapdb;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** A walk over the frames of one segment, and over the records of each. Every frame is checked before it is shown. */
final class FrameCursor {
    /** What stands at the place the cursor has come to. */
    enum Step {
        /** A valid frame. */
        FRAME,
        /** Nothing: the length is zero or the limit is reached. */
        END,
        /** Bytes that are no valid frame; {@link #problem} says why. */
        BAD
    }

    private static final int WINDOW_BYTES = 64 * 1024;

    private final DiskVolume volume;
    private final SegmentHeader header;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer scratch = ByteBuffer.allocate(32);
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    private ByteBuffer record = window.duplicate();
    private long windowOffset;
    private int windowBytes;

    private long offset;
    private long next;
    private String problem = "";
    private int length;
    private int count;
    private long previousZxid;
    private long syncedOffset;
    private long firstZxid;
    private long lastZxid;
    private int recordsLeft;
    private int recordPosition;
    private long zxid;

    /**
     * @param start where the first frame begins
     */
    FrameCursor(DiskVolume volume, SegmentHeader header, long start) {
        this.volume = volume;
        this.header = header;
        this.next = start;
        this.offset = start;
    }

    /**
     * Steps to the next frame. After {@link Step#END} or {@link Step#BAD} the cursor stays, and may be asked again.
     *
     * @param limit nothing at or after this offset is looked at; within the file
     */
    Step next(long limit) {
        offset = next;
        recordsLeft = 0;
        if (limit - offset < FrameLayout.HEADER_BYTES) {
            return Step.END;
        }
        int start = load(FrameLayout.HEADER_BYTES, limit);
        length = window.getInt(start + FrameLayout.LENGTH);
        if (length == 0) {
            return Step.END;
        }
        if (length < FrameLayout.HEADER_BYTES || length > limit - offset - (FrameLayout.padded(length) - length)) {
            return bad("the length of the frame is " + length);
        }
        if (window.getInt(start + FrameLayout.MARK) != header.mark()) {
            return bad("the frame does not have the mark of this file");
        }
        start = load(length, limit);
        int expected = window.getInt(start + FrameLayout.CRC);
        if (expected != FrameLayout.crc(crc, scratch, window.duplicate(), start, header.salt(), offset)) {
            return bad("the frame fails the checksum");
        }
        return decode(start);
    }

    private Step decode(int start) {
        count = window.getInt(start + FrameLayout.COUNT);
        previousZxid = window.getLong(start + FrameLayout.PREVIOUS_ZXID);
        syncedOffset = window.getLong(start + FrameLayout.SYNCED_OFFSET);
        firstZxid = previousZxid;
        lastZxid = previousZxid;
        int position = start + FrameLayout.HEADER_BYTES;
        int end = start + length;
        for (int i = 0; i < count; i++) {
            if (end - position < FrameLayout.RECORD_HEADER_BYTES) {
                return bad("a record goes beyond its frame");
            }
            long recordZxid = window.getLong(position);
            int recordLength = window.getInt(position + Long.BYTES);
            position += FrameLayout.RECORD_HEADER_BYTES;
            if (recordZxid <= lastZxid || recordLength < 0 || recordLength > end - position) {
                return bad("a record is out of order or goes beyond its frame");
            }
            position += recordLength;
            lastZxid = recordZxid;
            firstZxid = i == 0 ? recordZxid : firstZxid;
        }
        if (count < 0 || position != end) {
            return bad("the records do not fill the frame");
        }
        recordsLeft = count;
        recordPosition = start + FrameLayout.HEADER_BYTES;
        next = offset + FrameLayout.padded(length);
        return Step.FRAME;
    }

    private Step bad(String why) {
        problem = why;
        return Step.BAD;
    }

    /** Gets bytes from {@link #offset} on into the window; returns where in it they begin. */
    private int load(int bytes, long limit) {
        if (offset < windowOffset || offset + bytes > windowOffset + windowBytes) {
            if (bytes > window.capacity()) {
                window = ByteBuffer.allocate(
                        Math.max(bytes, (int) Math.min(Integer.MAX_VALUE - 8, 2L * window.capacity())));
                record = window.duplicate();
            }
            windowBytes = 0;
            int count = (int) Math.min(window.capacity(), limit - offset);
            volume.getData(offset, window.array(), 0, count);
            windowOffset = offset;
            windowBytes = count;
        }
        return (int) (offset - windowOffset);
    }

    /** Steps to the next record of the frame; false when there is none. */
    boolean nextRecord() {
        if (recordsLeft == 0) {
            return false;
        }
        recordsLeft--;
        zxid = window.getLong(recordPosition);
        int recordLength = window.getInt(recordPosition + Long.BYTES);
        int start = recordPosition + FrameLayout.RECORD_HEADER_BYTES;
        record.limit(start + recordLength).position(start);
        recordPosition = start + recordLength;
        return true;
    }

    /** The zxid of the current record. */
    long zxid() {
        return zxid;
    }

    /** The current record, valid until the next step. */
    ByteBuffer record() {
        return record;
    }

    /** Where the current frame begins, or where there is none. */
    long offset() {
        return offset;
    }

    /** Where the frame after the current one begins. */
    long end() {
        return next;
    }

    /** What is wrong, after {@link Step#BAD}. */
    String problem() {
        return problem;
    }

    boolean hasRecords() {
        return count > 0;
    }

    long previousZxid() {
        return previousZxid;
    }

    long syncedOffset() {
        return syncedOffset;
    }

    /** The zxid of the frame's first record; the one before it when it has none. */
    long firstZxid() {
        return firstZxid;
    }

    /** The zxid of the frame's last record; the one before it when it has none. */
    long lastZxid() {
        return lastZxid;
    }
}
