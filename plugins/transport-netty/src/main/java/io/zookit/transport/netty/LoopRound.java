package io.zookit.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.SingleThreadEventLoop;
import io.zookit.spi.transport.ConnectionHandler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one event loop does after its readable connections and its tasks, before it waits again: it tells the pipeline that the
 * batch is over, then writes to each connection that got something to send. Used by the loop's thread only, but for
 * {@link #execute}.
 */
final class LoopRound implements Runnable, Executor {
    private static final Logger LOG = LoggerFactory.getLogger(LoopRound.class);

    /** Large enough that a pipelining client is read in one call, small enough to stay in the processor's cache. */
    static final int RECEIVE_BYTES = 64 * 1024;

    private final SingleThreadEventLoop loop;
    private final ConnectionHandler handler;
    private final ReceiveBuffer receiveBuffer = new ReceiveBuffer(Unpooled.directBuffer(RECEIVE_BYTES, RECEIVE_BYTES));
    private final Set<NettyConnection> open = new HashSet<>();
    private final List<NettyConnection> touched = new ArrayList<>();
    private boolean scheduled;
    private boolean delivered;
    private Runnable whenEmpty = () -> {};
    private boolean closing;

    LoopRound(SingleThreadEventLoop loop, ConnectionHandler handler) {
        this.loop = loop;
        this.handler = handler;
    }

    /** Runs a task on this loop. Any thread. */
    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            LOG.debug("Dropped a task: the transport is closed");
        }
    }

    ConnectionHandler handler() {
        return handler;
    }

    /** Where this loop's connections read to; one buffer serves all, since what is not taken at once is copied out of it. */
    ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    void opened(NettyConnection connection) {
        open.add(connection);
        if (closing) {
            connection.closeNow();
        }
    }

    void gone(NettyConnection connection) {
        open.remove(connection);
        tellWhenEmpty();
    }

    /** The pipeline got bytes: it will hear of the end of the batch. */
    void delivered() {
        delivered = true;
        schedule();
    }

    /** The connection has something to do at the end of the round. It calls this once until then. */
    void touched(NettyConnection connection) {
        touched.add(connection);
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.executeAfterEventLoopIteration(this);
        }
    }

    @Override
    public void run() {
        if (delivered) {
            delivered = false;
            endBatch();
        }
        // By index: ending one connection may touch another.
        for (int i = 0; i < touched.size(); i++) {
            endRoundOf(touched.get(i));
        }
        touched.clear();
        scheduled = false;
    }

    private static void endRoundOf(NettyConnection connection) {
        try {
            connection.endRound();
        } catch (Throwable failure) {
            // The round goes on for the others, and the next one must come.
            connection.failed(failure);
        }
    }

    private void endBatch() {
        try {
            handler.batchEnded();
        } catch (Throwable failure) {
            // A bug of the pipeline, of no one connection: the replies that are ready shall leave all the same.
            LOG.error("The pipeline failed at the end of a batch", failure);
        }
    }

    /**
     * Closes every connection after what was sent to it, and each one that still comes.
     *
     * @param whenEmpty is run once none is left
     */
    void closeAll(Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
        closing = true;
        for (NettyConnection connection : List.copyOf(open)) {
            connection.closeNow();
        }
        tellWhenEmpty();
    }

    private void tellWhenEmpty() {
        if (closing && open.isEmpty()) {
            Runnable tell = whenEmpty;
            whenEmpty = () -> {};
            tell.run();
        }
    }

    /** Frees the receive buffer. The loop has ended. */
    void release() {
        ByteBuf buffer = receiveBuffer.buffer();
        buffer.release(buffer.refCnt());
    }
}
