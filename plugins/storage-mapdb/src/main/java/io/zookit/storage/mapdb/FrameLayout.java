package io.zookit.storage.mapdb;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a frame: what one {@code sync} of the log writes. All numbers are big-endian.
 *
 * <pre>
 *    0  int   length       header and records, without the padding; 0 where the log ends
 *    4  int   crc          CRC32C of salt, offset, length and everything from 8 on
 *    8  int   mark         from the salt
 *   12  int   count        records; 0 in the frame that seals a log which was closed in order
 *   16  long  previousZxid the zxid of the record before the first of this frame
 *   24  long  syncedOffset where the log was known to be synced when this frame was written
 *   32        records      each: long zxid, int length, bytes
 * </pre>
 *
 * Frames begin at multiples of 8; the padding and everything after the last frame is zero.
 */
final class FrameLayout {
    static final int LENGTH = 0;
    static final int CRC = 4;
    static final int MARK = 8;
    static final int COUNT = 12;
    static final int PREVIOUS_ZXID = 16;
    static final int SYNCED_OFFSET = 24;
    static final int HEADER_BYTES = 32;
    static final int RECORD_HEADER_BYTES = Long.BYTES + Integer.BYTES;

    private static final int ALIGNMENT = 8;

    private FrameLayout() {}

    static int padded(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /**
     * The checksum of a frame.
     *
     * @param crc to be used
     * @param scratch 20 bytes or more to be used
     * @param frame a buffer of its own, or the view of one; position and limit are changed
     * @param start where the frame begins in the buffer
     * @param offset where it begins in the segment: a copy of a frame elsewhere is not valid
     */
    static int crc(CRC32C crc, ByteBuffer scratch, ByteBuffer frame, int start, long salt, long offset) {
        int length = frame.getInt(start + LENGTH);
        scratch.clear().putLong(salt).putLong(offset).putInt(length).flip();
        crc.reset();
        crc.update(scratch);
        crc.update(frame.limit(start + length).position(start + MARK));
        return (int) crc.getValue();
    }
}
