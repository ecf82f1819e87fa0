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
    private boolean listening;
    private boolean closed;

    SelectorTransport(SelectorSettings settings, ThreadFactory threads) {
        this.settings = settings;
        this.threads = threads;
    }

    @Override
    public synchronized InetSocketAddress start(InetSocketAddress address, int backlog, ConnectionHandler handler) {
        Check.state(!closed && !listening, "A transport listens once");
        SelectorLoop on = startedLoop();
        try {
            ServerSocketChannel server = bind(address, backlog < 0 ? BACKLOG : backlog);
            InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
            listening = true;
            on.listen(server, handler);
            return bound;
        } catch (IOException | UnresolvedAddressException failure) {
            String reason = address.isUnresolved() ? "the host name is not known here" : failure.getMessage();
            throw new TransportException(
                    "Cannot listen on " + address.getHostString() + ":" + address.getPort() + ": " + reason
                            + ". Correct clientPort or clientPortAddress.",
                    failure);
        }
    }

    private static ServerSocketChannel bind(InetSocketAddress address, int backlog) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(address, backlog).configureBlocking(false);
            return server;
        } catch (IOException | RuntimeException failure) {
            server.close();
            throw failure;
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
