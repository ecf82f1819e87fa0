package io.zookit.simulator.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log in its file: length, checksum, the zxid before it, the newest that was synced when it was written, its own, its
 * bytes. Zeros are no frame.
 *
 * @param previousZxid the zxid of the record before it, 0 for none
 * @param syncedZxid the newest record that was known to be durable then: what is missing up to it was damaged, not torn
 * @param endOffset where the next frame begins
 */
record Frame(long previousZxid, long syncedZxid, StoredTxn txn, int endOffset) {
    private static final int PREFIX_BYTES = 8;
    private static final int HEAD_BYTES = PREFIX_BYTES + 24;

    static byte[] bytes(long previousZxid, long syncedZxid, StoredTxn txn) {
        byte[] frame = new byte[HEAD_BYTES + txn.record().length];
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        buffer.putInt(txn.record().length + 1).putInt(0);
        buffer.putLong(previousZxid).putLong(syncedZxid).putLong(txn.zxid());
        buffer.put(txn.record());
        buffer.putInt(4, checksum(frame, 0, frame.length));
        return frame;
    }

    /** The frame at an offset, {@code null} when there is no whole one. */
    static @Nullable Frame at(byte[] file, int offset) {
        return at(file, offset, true);
    }

    /** The same, perhaps without a look at the checksum. */
    static @Nullable Frame at(byte[] file, int offset, boolean checks) {
        if (file.length - offset < HEAD_BYTES) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(file);
        buffer.position(offset);
        int length = buffer.getInt() - 1;
        int checksum = buffer.getInt();
        if (length < 0 || length > file.length - offset - HEAD_BYTES) {
            return null;
        }
        long previous = buffer.getLong();
        long synced = buffer.getLong();
        long zxid = buffer.getLong();
        byte[] record = new byte[length];
        buffer.get(record);
        int end = offset + HEAD_BYTES + length;
        boolean whole = !checks || checksum(file, offset, end) == checksum;
        return whole ? new Frame(previous, synced, new StoredTxn(zxid, record), end) : null;
    }

    private static int checksum(byte[] file, int offset, int end) {
        CRC32C crc = new CRC32C();
        crc.update(file, offset + PREFIX_BYTES, end - offset - PREFIX_BYTES);
        return (int) crc.getValue();
    }
}
