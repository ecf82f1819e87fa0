package io.zookit.benchmarks;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A session that watches one znode: whenever it changes, it is read again, which sets the next watch. Driver's thread only. */
final class WatchingConnection {
    private static final int NOTIFICATION_XID = -1;
    private static final int LENGTH_BYTES = 4;

    private final ClientSocket socket;
    private final ByteBuffer input = ByteBuffer.allocateDirect(4096);
    private final ByteBuffer get;
    private int events;
    private int replies;

    /**
     * @param socket taken over, and closed by its owner
     * @param path what is watched
     */
    WatchingConnection(ClientSocket socket, Selector selector, String path) throws IOException {
        this.socket = socket;
        this.get = RequestFrames.getAndWatch(socket.lastXid() + 1, path);
        socket.channel().configureBlocking(false);
        socket.channel().register(selector, SelectionKey.OP_READ, this);
        ask();
    }

    private void ask() throws IOException {
        socket.channel().write(get.rewind());
        if (get.hasRemaining()) {
            throw new IOException("the server does not read");
        }
    }

    /** Takes what has come. */
    void receive() throws IOException {
        if (socket.channel().read(input) < 0) {
            throw new ProtocolException("the server closed the connection");
        }
        input.flip();
        while (input.remaining() >= LENGTH_BYTES
                && input.remaining() >= LENGTH_BYTES + input.getInt(input.position())) {
            int length = input.getInt();
            if (input.getInt(input.position()) == NOTIFICATION_XID) {
                events++;
                ask();
            } else {
                replies++;
            }
            input.position(input.position() + length);
        }
        input.compact();
    }

    int events() {
        return events;
    }

    /** How often the watch was set. */
    int replies() {
        return replies;
    }
}
