package io.zookit.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Opens a session, closes it, and begins again. Driver's thread only. */
final class StormConnection {
    private static final int CONNECT_RESPONSE_BYTES = 41;
    private static final int CLOSE_REPLY_BYTES = 20;
    private static final int TIMEOUT_MILLIS = 40_000;
    private static final int TIMEOUT_OFFSET = 8;

    private final InetSocketAddress address;
    private final Selector selector;
    private final ByteBuffer input = ByteBuffer.allocateDirect(256);
    private final ByteBuffer connect = RequestFrames.connect(TIMEOUT_MILLIS);
    private final ByteBuffer close = RequestFrames.closeSession(1);
    private SocketChannel channel;
    private boolean isOpen;

    private StormConnection(InetSocketAddress address, Selector selector, SocketChannel channel) {
        this.address = address;
        this.selector = selector;
        this.channel = channel;
    }

    static StormConnection begin(InetSocketAddress address, Selector selector) throws IOException {
        StormConnection connection = new StormConnection(address, selector, SocketChannel.open());
        connection.dial();
        return connection;
    }

    private void dial() throws IOException {
        isOpen = false;
        input.clear();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        // On the loopback device that is done at once; what is measured comes after it.
        channel.connect(address);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        send(connect.rewind());
    }

    private void send(ByteBuffer frame) throws IOException {
        channel.write(frame);
        if (frame.hasRemaining()) {
            throw new IOException("a new connection does not take " + frame.limit() + " bytes");
        }
    }

    /**
     * Takes what has come.
     *
     * @return whether a session was opened and closed by it; {@link #again} begins the next
     */
    boolean receive() throws IOException {
        int count = channel.read(input);
        if (count < 0) {
            throw new ProtocolException("the server closed the connection before it answered");
        }
        if (!isOpen && input.position() >= CONNECT_RESPONSE_BYTES) {
            if (input.getInt(TIMEOUT_OFFSET) <= 0) {
                throw new ProtocolException("the server refused a session");
            }
            isOpen = true;
            input.clear();
            send(close.rewind());
        }
        return isOpen && input.position() >= CLOSE_REPLY_BYTES;
    }

    /** Closes the connection and opens another. */
    void again() throws IOException {
        channel.close();
        channel = SocketChannel.open();
        dial();
    }

    void end() throws IOException {
        channel.close();
    }
}
