package io.zookit.spi.transport;

import java.nio.ByteBuffer;

/** One client's connection. All methods may be called by any thread and return at once. */
public interface Connection {
    /** The other end. */
    PeerFacts peer();

    /**
     * Sends bytes and flushes them. Bytes sent by one thread, or by threads that hand over to each other, leave in order.
     * Ignored once the connection is closed.
     *
     * @param bytes from position to limit; copied before the call returns
     */
    void send(ByteBuffer bytes);

    /** Bytes sent that the operating system has not taken yet. A slow reader shows here. */
    long pendingBytes();

    /**
     * Goes on reading after {@link ByteReceiver#received} said to stop, and offers again what was left. A call that comes before
     * {@code received} has returned counts too: reading does not stop then.
     */
    void resumeReading();

    /** Closes the connection after everything sent before has been written. {@link ByteReceiver#closed} follows. */
    void close();
}
