package com.example.zookit.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The records of one sync, and the only thing a log file consists of: a mark, the length of the body and its checksum, then for
 * each record zxid, length and bytes. A batch without records says that the server stopped in order.
 */
final class Batch {
    static final int HEADER_BYTES = 12;
    static final int RECORD_HEADER_BYTES = 12;

    private static final int MARK = 0x4a524e4c;

    /** A record, by its place in its file. */
    record Entry(long zxid, long offset, int length, int checksum) {}

    private Batch() {}

    record Record(long zxid, byte[] bytes) {}

    static ByteBuffer encode(List<Record> records, long offset) {
        long size = HEADER_BYTES;
        for (Record record : records) {
            size += RECORD_HEADER_BYTES + record.bytes().length;
        }
        ByteBuffer batch = ByteBuffer.allocate(Math.toIntExact(size)).position(HEADER_BYTES);
        for (Record record : records) {
            batch.putLong(record.zxid()).putInt(record.bytes().length).put(record.bytes());
        }
        batch.flip();
        int bodyBytes = batch.limit() - HEADER_BYTES;
        batch.putInt(0, MARK).putInt(4, bodyBytes);
        return batch.putInt(8, checksum(batch.slice(HEADER_BYTES, bodyBytes), offset));
    }

    /** How many bytes the whole batch at this offset of a file has, -1 when there is none, or not all of it. */
    static int sizeAt(ByteBuffer file, int offset) {
        if (file.limit() - offset < HEADER_BYTES || file.getInt(offset) != MARK) {
            return -1;
        }
        int bodyBytes = file.getInt(offset + 4);
        if (bodyBytes < 0 || bodyBytes > file.limit() - offset - HEADER_BYTES) {
            return -1;
        }
        ByteBuffer body = file.slice(offset + HEADER_BYTES, bodyBytes);
        return checksum(body, offset) == file.getInt(offset + 8) ? HEADER_BYTES + bodyBytes : -1;
    }

    /** The records of a batch that {@link #sizeAt} has found whole. */
    static List<Entry> entries(ByteBuffer file, int offset) {
        List<Entry> entries = new ArrayList<>();
        int end = offset + HEADER_BYTES + file.getInt(offset + 4);
        int position = offset + HEADER_BYTES;
        while (position < end) {
            int start = position + RECORD_HEADER_BYTES;
            int length = file.getInt(position + 8);
            entries.add(new Entry(file.getLong(position), start, length, checksum(file.slice(start, length), 0)));
            position = start + length;
        }
        return entries;
    }

    /** With the place in it, so that bytes which clients stored do not pass for a batch. */
    static int checksum(ByteBuffer bytes, long offset) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        checksum.update(ByteBuffer.allocate(8).putLong(0, offset));
        return (int) checksum.getValue();
    }
}
