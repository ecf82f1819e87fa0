package io.zookit.transport.selector;

import io.zookit.model.Check;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a transport: it accepts, reads, runs tasks, tells the pipeline that the batch is over, and writes to each connection
 * that was touched. Its methods belong to that thread but for {@link #execute}, {@link #listen} and {@link #close}.
 */
final class SelectorLoop implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);

    /** Large enough that a pipelining client is read in one call. */
    private static final int RECEIVE_BYTES = 64 * 1024;
    /** How exactly the time limits of closing connections are kept. */
    private static final long LOOK_MILLIS = 20;
    /** For how long nobody is accepted when the system refuses, which it does when there are too many open files. */
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SelectorSettings settings;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final Set<SelectorConnection> connections = new HashSet<>();
    /** Those of the connections that are about to end, and have a time limit for it. */
    private final Set<SelectorConnection> ending = new HashSet<>();

    private final List<SelectorConnection> touched = new ArrayList<>();
    private @Nullable Listening listening;
    private long acceptAgainNanos;
    private boolean acceptPauses;
    private boolean delivered;
    private boolean toldToClose;
    private volatile boolean closing;

    /** Where connections come from, and who gets them. */
    private record Listening(SelectionKey key, ServerSocketChannel server, ConnectionHandler handler) {}

    private SelectorLoop(SelectorSettings settings, Selector selector, ThreadFactory threads) {
        this.settings = settings;
        this.selector = selector;
        this.thread = threads.newThread(this::run);
    }

    /**
     * Starts the thread.
     *
     * @throws TransportException when the system has no selector left
     */
    static SelectorLoop start(SelectorSettings settings, ThreadFactory threads) {
        try {
            SelectorLoop loop = new SelectorLoop(settings, Selector.open(), threads);
            loop.thread.start();
            return loop;
        } catch (IOException failure) {
            throw new TransportException("The system gives no selector to wait for connections: " + failure, failure);
        }
    }

    /** Runs a task in one of the next rounds. Any thread. After {@link #close} nothing happens. */
    @Override
    public void execute(Runnable task) {
        if (closing) {
            return;
        }
        tasks.add(task);
        if (!isOnThread()) {
            selector.wakeup();
        }
    }

    /** Begins to accept. Any thread, once. */
    void listen(ServerSocketChannel server, ConnectionHandler handler) {
        execute(() -> accept(server, handler));
    }

    private void accept(ServerSocketChannel server, ConnectionHandler handler) {
        try {
            SelectionKey key = server.register(selector, SelectionKey.OP_ACCEPT);
            listening = new Listening(key, server, handler);
        } catch (IOException closed) {
            LOG.error("Nobody is accepted: the listening socket is closed", closed);
        }
    }

    /** Accepts nobody any more, and returns when the system has the port back. Any other thread, while the loop runs. */
    void stopListening() {
        CountDownLatch free = new CountDownLatch(1);
        execute(() -> {
            try {
                stopAccepting();
                // The selector lets go of a closed socket when it looks next.
                selector.selectNow(this::ready);
            } catch (IOException nothingToLose) {
                LOG.debug("Could not close the listening socket", nothingToLose);
            } finally {
                free.countDown();
            }
        });
        try {
            free.await(settings.closeTimeoutMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Accepts from another socket what went to the one before. Any thread. */
    void listenAgain(ServerSocketChannel server) {
        execute(() -> {
            if (listening != null) {
                accept(server, listening.handler());
            }
        });
    }

    /** Closes everything and ends the thread. Any other thread. */
    void close() {
        Check.state(!isOnThread(), "A transport cannot be closed by its own thread, which would wait for itself");
        closing = true;
        selector.wakeup();
        try {
            thread.join(settings.closeTimeoutMillis() + 1000);
            if (thread.isAlive()) {
                LOG.warn(
                        "The transport is still at work {} ms after it was told to end", settings.closeTimeoutMillis());
            }
        } catch (InterruptedException hurry) {
            LOG.warn("Interrupted while the transport was closing; what was not written yet may be lost");
            Thread.currentThread().interrupt();
        }
    }

    boolean isOnThread() {
        return Thread.currentThread() == thread;
    }

    SelectorSettings settings() {
        return settings;
    }

    /** The pipeline got bytes: it will hear of the end of the batch. */
    void delivered() {
        delivered = true;
    }

    /** The connection has something to do at the end of the round. It calls this once until then. */
    void touched(SelectorConnection connection) {
        touched.add(connection);
    }

    /** The connection has a time limit from now on. */
    void ends(SelectorConnection connection) {
        ending.add(connection);
    }

    void gone(SelectorConnection connection) {
        connections.remove(connection);
        ending.remove(connection);
    }

    private void run() {
        try {
            while (!toldToClose || !connections.isEmpty()) {
                round();
            }
        } catch (IOException | RuntimeException | Error failure) {
            LOG.error("The transport cannot go on and lets all clients go", failure);
        } finally {
            letGo();
        }
    }

    private void round() throws IOException {
        if (delivered || !touched.isEmpty() || !tasks.isEmpty()) {
            selector.selectNow(this::ready);
        } else {
            // The selector takes 0 for no limit.
            selector.select(this::ready, ending.isEmpty() && !acceptPauses ? 0 : LOOK_MILLIS);
        }
        // Before the tasks: whatever was given before the end came is still done, above all the beginning.
        boolean told = closing;
        runTasks();
        if (told && !toldToClose) {
            toldToClose = true;
            stopAccepting();
            List.copyOf(connections).forEach(SelectorConnection::closeNow);
        }
        if (delivered) {
            delivered = false;
            endBatch();
        }
        // By index: ending the round of one connection may touch another.
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).endRound();
        }
        touched.clear();
        keepTimeLimits();
    }

    private void runTasks() {
        // Those that come meanwhile are for the next round.
        for (int left = tasks.size(); left > 0; left--) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                LOG.warn("A task of the pipeline failed", failure);
            }
        }
    }

    private void endBatch() {
        try {
            if (listening != null) {
                listening.handler().batchEnded();
            }
        } catch (RuntimeException | Error failure) {
            // A bug of the pipeline, of no one connection: the replies that are ready shall leave all the same.
            LOG.error("The pipeline failed at the end of a batch", failure);
        }
    }

    private void keepTimeLimits() {
        if (!ending.isEmpty()) {
            long now = System.nanoTime();
            List.copyOf(ending).forEach(connection -> connection.cutWhenOverdue(now));
        }
        if (acceptPauses && System.nanoTime() - acceptAgainNanos >= 0 && listening != null) {
            acceptPauses = false;
            listening.key().interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof SelectorConnection connection) {
            connection.ready(receiveBuffer.clear());
        } else if (listening != null) {
            accept(listening);
        }
    }

    private void accept(Listening from) {
        try {
            SocketChannel channel = from.server().accept();
            if (channel != null) {
                take(channel, from.handler());
            }
        } catch (IOException refused) {
            LOG.warn("A connection cannot be accepted, and nobody is for a second: {}", refused.toString());
            acceptPauses = true;
            acceptAgainNanos = System.nanoTime() + ACCEPT_PAUSE_NANOS;
            from.key().interestOps(0);
        }
    }

    private void take(SocketChannel channel, ConnectionHandler handler) throws IOException {
        SelectorConnection connection;
        try {
            connection = SelectorConnection.of(channel, selector, this);
        } catch (IOException gone) {
            // The other side was gone before we looked: there is nobody to serve.
            channel.close();
            return;
        }
        connections.add(connection);
        connection.open(handler);
    }

    private void stopAccepting() throws IOException {
        if (listening != null) {
            listening.server().close();
            acceptPauses = false;
        }
    }

    private void letGo() {
        // After a failure, too, nobody may wait for a task.
        closing = true;
        List.copyOf(connections).forEach(SelectorConnection::cut);
        try {
            stopAccepting();
            selector.close();
        } catch (IOException nothingToLose) {
            LOG.debug("Could not close the selector", nothingToLose);
        }
    }
}
