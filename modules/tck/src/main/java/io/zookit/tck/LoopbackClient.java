package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client with a blocking socket. Waiting for bytes that do not come fails after a while. */
final class LoopbackClient {
    private static final int STALL_MILLIS = 300;

    private final SocketChannel channel;
    private final Socket socket;

    LoopbackClient(InetSocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket = channel.socket();
        socket.setSoTimeout((int) TransportBench.PATIENCE_MILLIS);
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a part of an array. */
    void send(byte[] bytes, int from, int length) throws IOException {
        socket.getOutputStream().write(bytes, from, length);
    }

    /**
     * Sends until the other side takes no more for a while.
     *
     * @param bytesMax fails when so much was taken
     * @return the bytes sent
     */
    long sendUntilStalled(long bytesMax) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(64 * 1024);
        long sent = 0;
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(STALL_MILLIS) > 0) {
                selector.selectedKeys().clear();
                sent += channel.write(block);
                block.rewind();
                if (sent > bytesMax) {
                    fail("Reading should have paused, but " + sent + " bytes were taken");
                }
            }
            key.cancel();
        }
        channel.configureBlocking(true);
        return sent;
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        new DataInputStream(socket.getInputStream()).readFully(bytes);
        return bytes;
    }

    String readText(int length) throws IOException {
        return new String(read(length), StandardCharsets.ISO_8859_1);
    }

    int readInt() throws IOException {
        return ByteBuffer.wrap(read(4)).getInt();
    }

    /** Reads and drops exactly so many bytes. */
    void skip(long length) throws IOException {
        byte[] block = new byte[64 * 1024];
        for (long left = length; left > 0; ) {
            int count = socket.getInputStream().read(block, 0, (int) Math.min(block.length, left));
            assertEquals(true, count > 0, "The connection ended " + left + " bytes early");
            left -= count;
        }
    }

    /** Everything until the other side finishes. */
    byte[] readToEnd() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Waits for the end, orderly or not, dropping what comes before. */
    void awaitEnd() throws IOException {
        try {
            socket.getInputStream().skipNBytes(Long.MAX_VALUE);
        } catch (java.io.EOFException | SocketException end) {
            // What we waited for.
            return;
        }
    }

    /** Says that nothing more will be sent. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        channel.close();
    }

    void close() throws IOException {
        channel.close();
    }
}
