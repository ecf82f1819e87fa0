package io.zookit.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection with a session, blocking: opens it and does the slow, unmeasured exchanges, one at a time. */
final class ClientSocket implements AutoCloseable {
    private static final int SESSION_TIMEOUT_MILLIS = 40_000;
    private static final int LONGEST_WAIT_MILLIS = 60_000;
    private static final int LONGEST_REPLY_BYTES = 1 << 20;
    private static final int NODE_EXISTS = -110;
    private static final int NO_NODE = -101;

    private static final int CONNECT_RESPONSE_BYTES = 36;
    private static final int TIMEOUT_OFFSET = 4;
    private static final int SESSION_OFFSET = 8;
    private static final int ERROR_OFFSET = 12;
    private static final int REPLY_HEADER_BYTES = 16;

    private final SocketChannel channel;
    private int lastXid;

    private ClientSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects and begins a session.
     *
     * @throws IOException when there is no server, or it refuses the session or does not answer within a minute
     */
    static ClientSocket open(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().setSoTimeout(LONGEST_WAIT_MILLIS);
            ClientSocket socket = new ClientSocket(channel);
            socket.send(RequestFrames.connect(SESSION_TIMEOUT_MILLIS));
            ByteBuffer answer = socket.receive(CONNECT_RESPONSE_BYTES);
            if (answer.getInt(TIMEOUT_OFFSET) <= 0 || answer.getLong(SESSION_OFFSET) == 0) {
                throw new ProtocolException("the server at " + address + " refused a new session");
            }
            return socket;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Makes an empty znode unless it is there. */
    void create(String path) throws IOException {
        int error = ask(Workload.CREATE, path);
        if (error != 0 && error != NODE_EXISTS) {
            throw new ProtocolException("create of %s was answered with error %d".formatted(path, error));
        }
    }

    /** Replaces the data of a znode by 100 bytes. */
    void set(String path) throws IOException {
        int error = ask(Workload.SET, path);
        if (error != 0) {
            throw new ProtocolException("set of %s was answered with error %d".formatted(path, error));
        }
    }

    /** Whether there is such a znode. */
    boolean exists(String path) throws IOException {
        int error = ask(Workload.EXISTS, path);
        if (error != 0 && error != NO_NODE) {
            throw new ProtocolException("exists of %s was answered with error %d".formatted(path, error));
        }
        return error == 0;
    }

    /** The channel, to be used on without blocking; xids go on after {@link #lastXid}. */
    SocketChannel channel() {
        return channel;
    }

    int lastXid() {
        return lastXid;
    }

    /** Ends the session too, without waiting for the answer. */
    void endSession(int lastXidSent) throws IOException {
        if (channel.isOpen()) {
            channel.write(RequestFrames.closeSession(lastXidSent + 1));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int ask(Workload workload, String path) throws IOException {
        lastXid++;
        send(RequestFrames.of(workload, lastXid, path, 0));
        ByteBuffer reply = receive(REPLY_HEADER_BYTES);
        if (reply.getInt(0) != lastXid) {
            throw new ProtocolException("%s of %s has xid %d and was answered with xid %d"
                    .formatted(workload, path, lastXid, reply.getInt(0)));
        }
        return reply.getInt(ERROR_OFFSET);
    }

    private void send(ByteBuffer frame) throws IOException {
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    private ByteBuffer receive(int atLeastBytes) throws IOException {
        // The stream, unlike the channel, keeps to the time limit of the socket.
        InputStream stream = channel.socket().getInputStream();
        int length = ByteBuffer.wrap(exactly(stream, 4)).getInt();
        if (length < atLeastBytes || length > LONGEST_REPLY_BYTES) {
            throw new ProtocolException("the server announces a reply of " + length + " bytes");
        }
        return ByteBuffer.wrap(exactly(stream, length));
    }

    private static byte[] exactly(InputStream stream, int count) throws IOException {
        byte[] bytes = stream.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the server closed the connection");
        }
        return bytes;
    }
}
