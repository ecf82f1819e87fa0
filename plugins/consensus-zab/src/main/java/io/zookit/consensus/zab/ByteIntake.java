package io.zookit.consensus.zab;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** What has arrived on a link and was not taken yet. Used by the link's reader alone. */
final class ByteIntake {
    private static final int BYTES = 64 << 10;
    private static final int KEPT_BYTES_MAX = 1 << 20;

    private final InputStream in;
    private ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();

    ByteIntake(InputStream in) {
        this.in = in;
    }

    /** What is there, from position to limit; taking it moves the position. Valid until {@link #more}. */
    ByteBuffer unread() {
        return bytes;
    }

    /**
     * Waits for more bytes.
     *
     * @throws EOFException when the peer has ended the link
     */
    void more() throws IOException {
        if (bytes.hasRemaining() || bytes.capacity() <= KEPT_BYTES_MAX) {
            bytes.compact();
        } else {
            bytes = ByteBuffer.allocate(BYTES);
        }
        if (!bytes.hasRemaining()) {
            bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
        }
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(count, 0)).flip();
        if (count < 0) {
            throw new EOFException("the peer has closed the link");
        }
    }

    /** Waits until there are so many bytes. */
    ByteBuffer need(int count) throws IOException {
        while (bytes.remaining() < count) {
            more();
        }
        return bytes;
    }
}
