package io.zookit.differential;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A socket that speaks in frames. */
final class RawConnection implements AutoCloseable {
    /** Longer than any answer takes on a busy machine; only a server that does not answer makes anybody wait that long. */
    private static final int PATIENCE_MILLIS = 30_000;

    private static final int FRAME_MAX = 64 << 20;

    private final Socket socket;
    private final DataInputStream in;

    RawConnection(InetSocketAddress server) {
        try {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(server, PATIENCE_MILLIS);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 16 << 10));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends a payload as a frame. */
    void sendFrame(byte[] payload) {
        send(ByteBuffer.allocate(4 + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array());
    }

    /** Sends bytes as they are. That the server has closed is noticed by whoever reads. */
    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException closed) {
            // The server may close while it is still being written to: the next read says so.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Reads the payload of the next frame.
     *
     * @return {@code null} when the server has closed the connection
     * @throws Silence when nothing comes
     */
    byte @Nullable [] readFrame() throws Silence {
        try {
            int length = in.readInt();
            if (length < 0 || length > FRAME_MAX) {
                throw new IllegalStateException("the server sends a frame of " + length + " bytes");
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return payload;
        } catch (SocketTimeoutException timeout) {
            throw new Silence();
        } catch (EOFException | SocketException closed) {
            return null;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The server neither answers nor closes. */
    static final class Silence extends Exception {
        private static final long serialVersionUID = 1;
    }
}
