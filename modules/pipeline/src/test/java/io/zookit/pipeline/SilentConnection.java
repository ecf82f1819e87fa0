package io.zookit.pipeline;

import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.PeerFacts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** A connection whose other end is the test. */
final class SilentConnection implements Connection {
    private boolean closed;

    boolean isClosed() {
        return closed;
    }

    @Override
    public PeerFacts peer() {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new PeerFacts(nowhere, nowhere, List.of());
    }

    @Override
    public void send(ByteBuffer sent) {}

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public void resumeReading() {}

    @Override
    public void close() {
        closed = true;
    }
}
