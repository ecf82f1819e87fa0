package io.zookit.simulator.world;

/**
 * One end of a {@link Connection}.
 *
 * @param <M> messages
 */
public interface Endpoint<M> {
    /** The next message of the other end, in its order. */
    void received(M message);

    /** The connection has ended. Not told to an end that closed it itself, and never to one whose connection is half open. */
    void closed();
}
