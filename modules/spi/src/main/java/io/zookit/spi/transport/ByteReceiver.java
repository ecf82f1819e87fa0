package io.zookit.spi.transport;

import java.nio.ByteBuffer;

/** Takes the bytes of one connection. Called by the connection's transport thread. */
public interface ByteReceiver {
    /**
     * Takes bytes. What is left between position and limit is kept and offered again, followed by newer bytes, when more has
     * arrived or {@link Connection#resumeReading} was called.
     *
     * @param bytes everything received and not taken yet, big-endian; valid during the call, to be read only
     * @return {@code false} to stop reading from this connection until {@link Connection#resumeReading}; a failure closes the
     *     connection, and only this one
     */
    boolean received(ByteBuffer bytes);

    /**
     * The connection is gone, whoever closed it. Called once, last.
     *
     * <p>A peer that finishes its side closes the connection when all it sent was delivered and the batch has ended, so what is
     * sent until then still reaches it. While {@link #received} has stopped the reading, the connection stays, however long: this
     * is how an answer is given later to a peer that says all it has to say and then waits.
     */
    void closed();
}
