package io.zookit.storage.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/** Writes the primitives of a snapshot and keeps the sum of all bytes so far, which is what a seal holds. */
final class SnapshotOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final Adler32 sum = new Adler32();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    SnapshotOutput(OutputStream out) {
        this.out = out;
    }

    void writeInt(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    void writeLong(long value) throws IOException {
        room(Long.BYTES).putLong(value);
    }

    void writeText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeInt(bytes.length);
        write(ByteBuffer.wrap(bytes));
    }

    void writeData(@Nullable ByteBuffer data) throws IOException {
        if (data == null) {
            writeInt(-1);
        } else {
            writeInt(data.remaining());
            write(data.duplicate());
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), room(1).remaining());
            buffer.put(bytes.slice().limit(count));
            bytes.position(bytes.position() + count);
        }
    }

    /** Writes the sum of everything before it, earlier seals included. */
    void writeSeal() throws IOException {
        flush();
        writeLong(sum.getValue());
        writeText(SnapshotLayout.SEAL);
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    /** Hands everything to the stream below. */
    void flush() throws IOException {
        sum.update(buffer.array(), 0, buffer.position());
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
