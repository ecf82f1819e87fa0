package io.zookit.transport.selector;

import io.zookit.model.Check;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The transport. Its thread is started by the first call that needs it, so that tasks run before it listens. */
final class SelectorTransport implements Transport {
    /** The system bounds it further. */
    private static final int BACKLOG = 1024;

    private final SelectorSettings settings;
    private final ThreadFactory threads;
    // Guarded by this.
    private @Nullable SelectorLoop loop;
    private @Nullable InetSocketAddress listening;
    private int backlogMax;
    private boolean closed;

    SelectorTransport(SelectorSettings settings, ThreadFactory threads) {
        this.settings = settings;
        this.threads = threads;
    }

    @Override
    public synchronized InetSocketAddress start(InetSocketAddress address, int backlog, ConnectionHandler handler) {
        Check.state(!closed && listening == null, "A transport listens once");
        SelectorLoop on = startedLoop();
        backlogMax = backlog < 0 ? BACKLOG : backlog;
        Bound bound = bind(address, backlogMax);
        listening = bound.address();
        on.listen(bound.server(), handler);
        return bound.address();
    }

    @Override
    public synchronized InetSocketAddress listenAt(InetSocketAddress address) {
        SelectorLoop on = loop;
        InetSocketAddress before = listening;
        if (closed || on == null || before == null) {
            throw new IllegalStateException("A transport that does not listen cannot listen elsewhere");
        }
        Bound bound;
        if (before.getPort() == address.getPort()) {
            // One port can be listened on once, whatever the address before it.
            on.stopListening();
            try {
                bound = bind(address, backlogMax);
            } catch (TransportException failure) {
                on.listenAgain(bind(before, backlogMax).server());
                throw failure;
            }
        } else {
            bound = bind(address, backlogMax);
            on.stopListening();
        }
        on.listenAgain(bound.server());
        listening = bound.address();
        return bound.address();
    }

    /** A socket, and where it listens. */
    private record Bound(ServerSocketChannel server, InetSocketAddress address) {}

    private static Bound bind(InetSocketAddress address, int backlog) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            try {
                server.bind(address, backlog).configureBlocking(false);
                return new Bound(server, (InetSocketAddress) server.getLocalAddress());
            } catch (IOException | RuntimeException failure) {
                server.close();
                throw failure;
            }
        } catch (IOException | UnresolvedAddressException failure) {
            String reason = address.isUnresolved() ? "the host name is not known here" : failure.getMessage();
            throw new TransportException(
                    "Cannot listen on " + address.getHostString() + ":" + address.getPort() + ": " + reason
                            + ". Correct clientPort or clientPortAddress.",
                    failure);
        }
    }

    @Override
    public void execute(Runnable task) {
        SelectorLoop on;
        synchronized (this) {
            if (closed) {
                return;
            }
            on = startedLoop();
        }
        on.execute(task);
    }

    private synchronized SelectorLoop startedLoop() {
        SelectorLoop on = loop;
        if (on == null) {
            on = SelectorLoop.start(settings, threads);
            loop = on;
        }
        return on;
    }

    @Override
    public void close() {
        SelectorLoop on;
        synchronized (this) {
            closed = true;
            on = loop;
        }
        if (on != null) {
            on.close();
        }
    }
}
