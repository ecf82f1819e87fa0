package io.zookit.simulator.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The state after one transaction.
 *
 * @param zxid the transaction
 * @param generation the generation of the log that goes on from it
 * @param state the bytes of the state, by whoever owns it; never changed
 */
public record Snapshot(long zxid, long generation, byte[] state) {
    private static final int HEAD_BYTES = 20;

    byte[] bytes() {
        byte[] bytes = new byte[HEAD_BYTES + state.length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.position(4);
        buffer.putLong(zxid).putLong(generation).put(state);
        buffer.putInt(0, checksum(bytes));
        return bytes;
    }

    /** What is in a file, {@code null} when it is no whole snapshot. */
    static @Nullable Snapshot of(byte[] file) {
        if (file.length < HEAD_BYTES || ByteBuffer.wrap(file).getInt() != checksum(file)) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(file);
        buffer.position(4);
        long zxid = buffer.getLong();
        long generation = buffer.getLong();
        byte[] state = new byte[buffer.remaining()];
        buffer.get(state);
        return new Snapshot(zxid, generation, state);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 4, bytes.length - 4);
        return (int) crc.getValue();
    }
}
