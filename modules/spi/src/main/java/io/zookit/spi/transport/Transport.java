package io.zookit.spi.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/**
 * Accepts connections and carries bytes. It knows nothing of ZooKeeper's protocol: frames, words and limits are the pipeline's.
 *
 * <p>As an {@link Executor} it runs a task on one of its own threads soon; the pipeline uses this to work where the replies are
 * written. It is always the same thread, it is there before {@link #start}, and it runs tasks in order. Tasks given after
 * {@link #close} are dropped.
 */
public interface Transport extends Executor, AutoCloseable {
    /**
     * Binds and begins to accept. A transport listens once; after a failure it may be tried again.
     *
     * @param address where to listen; port 0 for any free one
     * @param backlog connections the system may queue before they are accepted, -1 for the system's default
     * @param handler gets every connection
     * @return the address really bound
     * @throws TransportException when it cannot be bound; the message names the address and the reason
     */
    InetSocketAddress start(InetSocketAddress address, int backlog, ConnectionHandler handler);

    /**
     * Listens at another address from here; connections that were accepted stay. When the new address cannot be bound, the transport goes
     * on listening where it did. Blocks until that is decided; not to be called by one of its own threads.
     *
     * @param address where to listen; port 0 for any free one
     * @return the address really bound
     * @throws TransportException when it cannot be bound, or when this transport keeps the address it was started with, which is what
     *     happens unless a transport says otherwise
     * @throws IllegalStateException when it does not listen: before {@link #start}, and after {@link #close}
     */
    default InetSocketAddress listenAt(InetSocketAddress address) {
        throw new TransportException(
                "Cannot listen on " + address.getHostString() + ":" + address.getPort()
                        + ": this transport keeps the address it was started with. Restart the server.",
                new UnsupportedOperationException("listenAt"));
    }

    /**
     * Stops accepting, writes what was sent, closes every connection and ends the threads, all within a bounded time. Idempotent.
     * Not to be called by one of its own threads.
     */
    @Override
    void close();
}
