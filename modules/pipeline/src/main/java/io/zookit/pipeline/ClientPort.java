package io.zookit.pipeline;

import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where clients connect. A reconfiguration may say other than the start did, also before the start has come so far. Binding and looking
 * up a name take their time, and so have a thread of their own while there is something to do.
 */
final class ClientPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientPort.class);

    private final Transport transport;
    private final ThreadFactory threads;
    private volatile InetSocketAddress bound = InetSocketAddress.createUnresolved("none", 0);

    // Guarded by this.
    private @Nullable String wanted;
    private @Nullable Thread mover;
    private boolean listens;
    private boolean closed;

    ClientPort(Transport transport, ThreadFactory threads) {
        this.transport = transport;
        this.threads = threads;
    }

    /** The address really bound; an unresolved one before the start. Any thread. */
    InetSocketAddress bound() {
        return bound;
    }

    /**
     * Begins to listen, where {@link #moveTo} has said meanwhile or else where it was configured.
     *
     * @throws TransportException when that cannot be bound
     */
    void start(InetSocketAddress configured, int backlog, ConnectionHandler handler) {
        String other;
        synchronized (this) {
            other = wanted;
            wanted = null;
        }
        bound = transport.start(other == null ? configured : address(other), backlog, handler);
        synchronized (this) {
            listens = true;
            moveIfWanted();
        }
    }

    /**
     * Listens elsewhere, soon. Any thread; does not wait.
     *
     * @param address {@code host:port}
     */
    synchronized void moveTo(String address) {
        wanted = address;
        moveIfWanted();
    }

    private synchronized void moveIfWanted() {
        if (listens && !closed && wanted != null && mover == null) {
            Thread thread = threads.newThread(this::move);
            mover = thread;
            thread.start();
        }
    }

    private void move() {
        String address = take();
        while (address != null) {
            moveNow(address);
            address = take();
        }
    }

    private synchronized @Nullable String take() {
        String next = closed ? null : wanted;
        wanted = null;
        if (next == null) {
            mover = null;
        }
        return next;
    }

    private void moveNow(String text) {
        try {
            InetSocketAddress address = address(text);
            if (!isSame(address, bound)) {
                bound = transport.listenAt(address);
            }
        } catch (TransportException failure) {
            LOG.error(
                    "the members say that clients of this server connect to {}, but they go on connecting to {}: {}",
                    text,
                    bound,
                    failure.getMessage());
        } catch (IllegalStateException ended) {
            LOG.debug("the server ends before it listens at {}", text);
        }
    }

    private static boolean isSame(InetSocketAddress one, InetSocketAddress other) {
        boolean wildcards = !one.isUnresolved()
                && !other.isUnresolved()
                && one.getAddress().isAnyLocalAddress()
                && other.getAddress().isAnyLocalAddress();
        return one.getPort() == other.getPort() && (wildcards || one.equals(other));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new InetSocketAddress(
                bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(text.substring(colon + 1)));
    }

    /** Waits for what is being done. The transport is closed already. */
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            last = mover;
        }
        if (last != null) {
            Threads.join(last);
        }
    }
}
