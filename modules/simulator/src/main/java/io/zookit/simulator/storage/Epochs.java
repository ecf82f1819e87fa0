package io.zookit.simulator.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The two epochs a server has to remember (Zab).
 *
 * @param accepted the greatest epoch it has promised to follow
 * @param current the epoch whose leader's history it has
 */
public record Epochs(long accepted, long current) {
    private static final int BODY_BYTES = 16;

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BODY_BYTES + Integer.BYTES);
        bytes.putLong(accepted).putLong(current).putInt(checksum(bytes.array()));
        return bytes.array();
    }

    /** What a file says, {@code null} when it is no whole file of epochs. */
    static @Nullable Epochs of(byte[] file) {
        if (file.length != BODY_BYTES + Integer.BYTES) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        Epochs epochs = new Epochs(bytes.getLong(), bytes.getLong());
        return bytes.getInt() == checksum(file) ? epochs : null;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, BODY_BYTES);
        return (int) crc.getValue();
    }
}
