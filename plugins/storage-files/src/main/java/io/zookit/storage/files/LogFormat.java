package io.zookit.storage.files;

import io.zookit.model.Check;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;

/**
 * The layout of a log file, which is Apache's: a header, entries, then zeros. An entry is a checksum of the transaction (Adler-32,
 * as eight bytes), its length in four bytes, the transaction, and a closing byte.
 *
 * <p>The last eight bytes of the header, where Apache writes an identification that it never looks at and that is always 0, hold
 * the <em>synced offset</em>: so far the file was on the disk when this number was written. It rides on the next force, costs none
 * of its own, and tells a torn end of the file from damage. 0 means that nobody has said so.
 */
final class LogFormat {
    static final int HEADER_BYTES = 16;
    static final int SYNCED_OFFSET_AT = 8;
    static final int ENTRY_HEADER_BYTES = Long.BYTES + Integer.BYTES;
    static final byte ENTRY_END = 0x42;

    /** Session id, cxid, zxid, time and type: no transaction is shorter. */
    static final int RECORD_BYTES_MIN = 32;

    private static final int MAGIC = 0x5A4B4C47;
    private static final int VERSION = 2;
    private static final int ZXID_AT = 12;

    private LogFormat() {}

    static ByteBuffer header(long syncedOffset) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(syncedOffset)
                .flip();
    }

    static boolean isHeader(ByteBuffer bytes) {
        return bytes.getInt(0) == MAGIC && bytes.getInt(Integer.BYTES) == VERSION;
    }

    static int entryBytes(int recordBytes) {
        return ENTRY_HEADER_BYTES + recordBytes + 1;
    }

    /** The zxid a record says it has. */
    static long zxidOf(byte[] record) {
        Check.state(record.length >= RECORD_BYTES_MIN, "a logged transaction begins with its header of 32 bytes");
        return ByteBuffer.wrap(record).getLong(ZXID_AT);
    }

    static long zxidOf(ByteBuffer record) {
        return record.getLong(record.position() + ZXID_AT);
    }

    static void putEntry(ByteBuffer into, byte[] record) {
        into.putLong(checksum(ByteBuffer.wrap(record)))
                .putInt(record.length)
                .put(record)
                .put(ENTRY_END);
    }

    static long checksum(ByteBuffer record) {
        Adler32 adler = new Adler32();
        adler.update(record.duplicate());
        return adler.getValue();
    }
}
