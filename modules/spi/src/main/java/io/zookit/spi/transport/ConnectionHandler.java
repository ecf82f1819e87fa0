package io.zookit.spi.transport;

/** The pipeline's side of a transport. Called by transport threads; a connection is always served by the same thread. */
public interface ConnectionHandler {
    /**
     * A connection was accepted.
     *
     * @return what takes its bytes; a failure closes the connection, and nobody is told
     */
    ByteReceiver opened(Connection connection);

    /**
     * A transport thread has delivered all that was readable and is about to wait: the moment to work off what was received.
     * Called after one or more {@link ByteReceiver#received}, on the same thread, and only then. What is sent from here leaves right
     * after, with one write for each connection. It must not fail.
     */
    void batchEnded();
}
