package io.zookit.tck;

import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** A plain transport: one thread, the JDK's selector, no library. It shows that the contract can be met without Netty. */
final class SelectorTransport implements Transport, Executor {
    static final long CLOSE_TIMEOUT_NANOS = 500_000_000;

    private final ThreadFactory threads;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<SelectorConnection> connections = new HashSet<>();
    private final List<SelectorConnection> touched = new ArrayList<>();
    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(64 * 1024);
    private @Nullable ConnectionHandler handler;
    private @Nullable ServerSocketChannel server;
    private @Nullable Thread thread;
    private boolean delivered;
    private volatile boolean closed;

    SelectorTransport(ThreadFactory threads) {
        this.threads = threads;
        try {
            selector = Selector.open();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public synchronized InetSocketAddress start(InetSocketAddress address, int backlog, ConnectionHandler handler) {
        if (server != null || closed) {
            throw new IllegalStateException("A transport listens once");
        }
        try {
            ServerSocketChannel made = ServerSocketChannel.open();
            try {
                made.bind(address, Math.max(0, backlog)).configureBlocking(false);
            } catch (IOException | UnresolvedAddressException failure) {
                made.close();
                throw new TransportException(
                        "Cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                                + failure.getMessage(),
                        failure);
            }
            this.handler = handler;
            server = made;
            execute(() -> register(made));
            return (InetSocketAddress) made.getLocalAddress();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void register(ServerSocketChannel made) {
        try {
            made.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            return;
        }
        tasks.add(task);
        synchronized (this) {
            if (thread == null && !closed) {
                thread = threads.newThread(this::run);
                thread.start();
            }
        }
        selector.wakeup();
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        try {
            selector.wakeup();
            if (running != null) {
                running.join();
            }
            selector.close();
        } catch (InterruptedException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    boolean onThread() {
        return Thread.currentThread() == thread;
    }

    ByteBuffer receiveBuffer() {
        return receiveBuffer.clear();
    }

    void delivered() {
        delivered = true;
    }

    void touched(SelectorConnection connection) {
        touched.add(connection);
    }

    void gone(SelectorConnection connection) {
        connections.remove(connection);
    }

    private void run() {
        long endNanos = Long.MAX_VALUE;
        try {
            while (true) {
                selector.select(nextTimeoutMillis());
                selector.selectedKeys().forEach(this::ready);
                selector.selectedKeys().clear();
                int count = tasks.size();
                for (int i = 0; i < count; i++) {
                    runTask(tasks.remove());
                }
                if (closed && endNanos == Long.MAX_VALUE) {
                    endNanos = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
                    stopAccepting();
                    List.copyOf(connections).forEach(SelectorConnection::closeNow);
                }
                endRound();
                if (closed && connections.isEmpty()) {
                    return;
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void endRound() {
        if (delivered) {
            delivered = false;
            if (handler != null) {
                handler.batchEnded();
            }
        }
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).endRound();
        }
        touched.clear();
        long now = System.nanoTime();
        for (SelectorConnection connection : List.copyOf(connections)) {
            connection.cutIfOverdue(now);
        }
    }

    private long nextTimeoutMillis() {
        boolean work = !tasks.isEmpty() || !touched.isEmpty();
        boolean deadlines = closed || connections.stream().anyMatch(SelectorConnection::isClosing);
        // The selector takes 0 for no limit.
        return work ? 1 : deadlines ? 20 : 0;
    }

    private static void runTask(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            System.getLogger("selector").log(System.Logger.Level.DEBUG, "A task failed", failure);
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
            return;
        }
        SelectorConnection connection = (SelectorConnection) key.attachment();
        if (key.isWritable()) {
            connection.touch();
        }
        if (key.isReadable()) {
            connection.readable();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server == null ? null : server.accept();
            if (channel != null && handler != null) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
                SelectorConnection connection = new SelectorConnection(this, channel);
                connections.add(connection);
                connection.open(channel.register(selector, SelectionKey.OP_READ, connection), handler);
            }
        } catch (IOException clientIsGone) {
            System.getLogger("selector").log(System.Logger.Level.DEBUG, "Could not accept", clientIsGone);
        }
    }

    private void stopAccepting() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
