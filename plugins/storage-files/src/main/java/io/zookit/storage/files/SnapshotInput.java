package io.zookit.storage.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/** Reads the primitives of a snapshot and keeps the sum of all bytes read so far, to be compared with the seals. */
final class SnapshotInput {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Nothing is allocated by a length that a damaged file claims: longer values grow as their bytes come in. */
    private static final int BELIEVED_BYTES_MAX = 1 << 20;

    private final InputStream in;
    private final Adler32 sum = new Adler32();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private int summedUpTo;
    private long offset;

    SnapshotInput(InputStream in) {
        this.in = in;
    }

    /** How many (unpacked) bytes were read. */
    long offset() {
        return offset + buffer.position();
    }

    int readInt() throws IOException {
        require(Integer.BYTES);
        return buffer.getInt();
    }

    long readLong() throws IOException {
        require(Long.BYTES);
        return buffer.getLong();
    }

    String readText() throws IOException {
        byte[] bytes = readData();
        if (bytes == null) {
            throw new SnapshotFormatException("a text is missing");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    byte @Nullable [] readData() throws IOException {
        int length = readInt();
        if (length < -1) {
            throw new SnapshotFormatException("a length of " + length);
        }
        return length == -1 ? null : read(length);
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, BELIEVED_BYTES_MAX)];
        int done = 0;
        while (done < length) {
            if (done == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
            }
            require(1);
            int count = Math.min(buffer.remaining(), bytes.length - done);
            buffer.get(bytes, done, count);
            done += count;
        }
        return bytes;
    }

    /** Whether everything was read. */
    boolean isAtEnd() throws IOException {
        return !buffer.hasRemaining() && !fill();
    }

    /** The sum of everything read so far. */
    long sum() {
        sum.update(buffer.array(), summedUpTo, buffer.position() - summedUpTo);
        summedUpTo = buffer.position();
        return sum.getValue();
    }

    private void require(int bytes) throws IOException {
        while (buffer.remaining() < bytes) {
            if (!fill()) {
                throw new EOFException("the file ends too early");
            }
        }
    }

    private boolean fill() throws IOException {
        sum();
        offset += buffer.position();
        buffer.compact();
        int count = in.read(buffer.array(), buffer.position(), buffer.remaining());
        buffer.position(buffer.position() + Math.max(count, 0)).flip();
        summedUpTo = 0;
        return count > 0;
    }
}
