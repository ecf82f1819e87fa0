package io.zookit.tck;

import java.util.Arrays;
import java.util.zip.CRC32;

/** Stored bytes with their checksum. */
final class ExactBytes {
    private final byte[] content;
    private final long checksum;

    ExactBytes(byte[] content) {
        this.content = content.clone();
        checksum = checksum();
    }

    byte[] content() {
        return content.clone();
    }

    boolean isSound() {
        return checksum == checksum();
    }

    /** Changes the byte in the middle of a run of bytes, if these hold it. */
    boolean damage(byte[] run) {
        for (int i = 0; i + run.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + run.length, run, 0, run.length)) {
                content[i + run.length / 2] ^= 0x55;
                return true;
            }
        }
        return false;
    }

    private long checksum() {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }
}
