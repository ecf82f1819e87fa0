package io.zookit.spi.transport;

import java.nio.ByteBuffer;

/** Takes the bytes of one connection. Called by the connection's transport thread. */
public interface ByteReceiver {
    /**
     * Takes bytes. What is left between position and limit is kept and offered again, followed by newer bytes, when more has
     * arrived or {@link Connection#resumeReading} was called.
     *
     * @param bytes everything received and not taken yet, big-endian; valid during the call, to be read only
     * @return {@code false} to stop reading from this connection until {@link Connection#resumeReading}
     */
    boolean received(ByteBuffer bytes);

    /** The connection is gone, whoever closed it. Called once, last. */
    void closed();
}
