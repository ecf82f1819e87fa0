package io.zookit.spi.transport;

import java.nio.ByteBuffer;

/** One client's connection. All methods may be called by any thread and return at once. */
public interface Connection {
    /** The other end. */
    PeerFacts peer();

    /**
     * Sends bytes and flushes them: when its own thread has ended the batch or the task it is in, or as soon as that thread is
     * free when another one sends. Bytes sent by one thread, or by threads that hand over to each other, leave in order. Ignored
     * once the connection is closed, or {@link #close} was called.
     *
     * @param bytes from position to limit; copied before the call returns; neither is moved, so one buffer may be sent to many
     *     connections
     */
    void send(ByteBuffer bytes);

    /**
     * Bytes sent that the operating system has not taken yet. A slow reader shows here, and the transport stops reading from it by
     * itself until most are taken; what is sent to it meanwhile is for the pipeline to bound. 0 once the connection is gone.
     */
    long pendingBytes();

    /**
     * Goes on reading after {@link ByteReceiver#received} said to stop, and offers again what was left, not within this call but
     * soon after. Called before {@code received} has said so, from within it or by another thread, it still counts.
     */
    void resumeReading();

    /**
     * Closes the connection after everything sent before has been written; nothing is received any more. A peer that does not take
     * it, or does not close its side, is cut off after a while. {@link ByteReceiver#closed} follows.
     */
    void close();
}
