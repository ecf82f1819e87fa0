package io.zookit.transport.selector;

import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.PeerFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its first byte to its end. The methods of {@link Connection} may be called by any thread; all others belong to the
 * loop.
 *
 * <p>How it ends: {@link #close} lets everything sent leave, then finishes our side and discards what still comes in until the other side
 * finishes too. Closing a socket with unread bytes would reset it, and a reset can overtake the last reply. A peer that does not answer in
 * time is cut off.
 */
final class SelectorConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(SelectorConnection.class);

    /** Reading pauses while more than this waits to be written. */
    private static final long WRITE_HIGH_BYTES = 256 * 1024;
    /** Reading goes on when no more than this is left. */
    private static final long WRITE_LOW_BYTES = 64 * 1024;
    /** As many as one call to the system takes well. */
    private static final int GATHERED_MAX = 64;

    private final SelectorLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final PeerFacts peer;
    /** Copies of what was sent and is not written; guarded by itself, as is every change of {@link #pendingBytes}. */
    private final ArrayDeque<ByteBuffer> outgoing = new ArrayDeque<>();

    private volatile long pendingBytes;
    /** Set by whoever closes; from then on nothing is sent or delivered. */
    private volatile boolean closing;

    /** What the receiver has not taken yet. */
    private @Nullable ByteBuffer left;

    private @Nullable ByteReceiver receiver;
    private long cutAtNanos;
    private boolean ending;
    private boolean touched;
    private boolean stoppedByReceiver;
    private boolean slowReader;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean lingers = true;
    private boolean gone;

    private SelectorConnection(SelectorLoop loop, SocketChannel channel, SelectionKey key, PeerFacts peer) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.peer = peer;
    }

    /**
     * Takes a channel over, and has it read.
     *
     * @throws IOException when the other side is gone
     */
    static SelectorConnection of(SocketChannel channel, Selector selector, SelectorLoop loop) throws IOException {
        SocketAddress remote = channel.getRemoteAddress();
        SocketAddress local = channel.getLocalAddress();
        if (!(remote instanceof InetSocketAddress from) || !(local instanceof InetSocketAddress to)) {
            throw new ClosedChannelException();
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, loop.settings().tcpKeepAlive());
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        SelectorConnection made = new SelectorConnection(loop, channel, key, new PeerFacts(from, to, List.of()));
        key.attach(made);
        return made;
    }

    /** Asks the pipeline for the receiver. */
    void open(ConnectionHandler handler) {
        try {
            receiver = handler.opened(this);
        } catch (RuntimeException | Error failure) {
            pipelineFailed(failure);
        }
    }

    @Override
    public PeerFacts peer() {
        return peer;
    }

    @Override
    public void send(ByteBuffer bytes) {
        if (closing || !bytes.hasRemaining()) {
            return;
        }
        ByteBuffer copy = copyOf(bytes);
        synchronized (outgoing) {
            outgoing.add(copy);
            pendingBytes += copy.remaining();
        }
        touchByAnyone();
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void resumeReading() {
        // Always as a task of its own: it may be called from within received(), whose answer still stops the reading.
        loop.execute(() -> {
            stoppedByReceiver = false;
            offerLeft();
        });
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            touchByAnyone();
        }
    }

    /** The transport closes: what was sent leaves, but nobody waits for the other side to finish. */
    void closeNow() {
        closing = true;
        lingers = false;
        touch();
    }

    private void touchByAnyone() {
        if (loop.isOnThread()) {
            touch();
        } else {
            loop.execute(this::touch);
        }
    }

    private void touch() {
        if (!touched && !gone) {
            touched = true;
            loop.touched(this);
        }
    }

    /**
     * The socket can be read or written to.
     *
     * @param input room for what is read, for the time of the call
     */
    void ready(ByteBuffer input) {
        touch();
        if (!key.isValid() || !key.isReadable()) {
            return;
        }
        try {
            if (channel.read(input) < 0) {
                inputEnded = true;
            } else if (!closing && input.flip().hasRemaining()) {
                offer(left == null ? input : joined(left, input));
            }
        } catch (IOException reset) {
            LOG.debug("Connection from {} ended: {}", peer.remoteAddress(), reset.toString());
            cut();
        }
    }

    private void offerLeft() {
        if (left != null && !closing && !held()) {
            offer(left);
        }
        touch();
    }

    private void offer(ByteBuffer bytes) {
        if (receiver != null) {
            loop.delivered();
            try {
                stoppedByReceiver = !receiver.received(bytes);
            } catch (RuntimeException | Error failure) {
                pipelineFailed(failure);
            }
        }
        left = bytes.hasRemaining() ? copyOf(bytes) : null;
    }

    private static ByteBuffer copyOf(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    private void pipelineFailed(Throwable failure) {
        LOG.warn("Closing the connection from {}: the pipeline failed on it", peer.remoteAddress(), failure);
        closing = true;
        touch();
    }

    private boolean held() {
        return stoppedByReceiver || slowReader;
    }

    /** The end of a round in which this connection was touched. */
    void endRound() {
        touched = false;
        try {
            if (!gone) {
                write();
                goOn();
            }
        } catch (IOException reset) {
            LOG.debug("Connection from {} ended: {}", peer.remoteAddress(), reset.toString());
            cut();
        }
    }

    private void write() throws IOException {
        synchronized (outgoing) {
            boolean taken = true;
            while (taken && !outgoing.isEmpty()) {
                ByteBuffer[] gathered = outgoing.stream().limit(GATHERED_MAX).toArray(ByteBuffer[]::new);
                long written = channel.write(gathered);
                pendingBytes -= written;
                taken = written > 0;
                while (!outgoing.isEmpty() && !outgoing.element().hasRemaining()) {
                    outgoing.remove();
                }
            }
        }
        if (pendingBytes > WRITE_HIGH_BYTES) {
            slowReader = true;
        } else if (slowReader && pendingBytes <= WRITE_LOW_BYTES) {
            slowReader = false;
            offerLeft();
        }
    }

    private void goOn() throws IOException {
        if (inputEnded && !held()) {
            closing = true;
        }
        if (closing) {
            finish();
        }
        if (!gone) {
            // While it ends, what comes in is discarded; its end is what we wait for.
            boolean reads = !inputEnded && (closing || !held());
            key.interestOps((reads ? SelectionKey.OP_READ : 0) | (pendingBytes > 0 ? SelectionKey.OP_WRITE : 0));
        }
    }

    /** Takes the next step of closing. Called again whenever something has changed. */
    private void finish() throws IOException {
        left = null;
        boolean allWritten = pendingBytes == 0;
        if (allWritten && (inputEnded || !lingers || receiver == null)) {
            cut();
            return;
        }
        if (!ending) {
            ending = true;
            cutAtNanos = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(loop.settings().closeTimeoutMillis());
            loop.ends(this);
        }
        if (allWritten && !outputEnded) {
            outputEnded = true;
            channel.shutdownOutput();
        }
    }

    void cutWhenOverdue(long nowNanos) {
        if (nowNanos - cutAtNanos >= 0) {
            cut();
        }
    }

    /** Closes the socket, whatever has not been written. */
    void cut() {
        if (gone) {
            return;
        }
        gone = true;
        closing = true;
        synchronized (outgoing) {
            outgoing.clear();
            pendingBytes = 0;
        }
        loop.gone(this);
        try {
            channel.close();
        } catch (IOException nothingToLose) {
            LOG.debug("Could not close the socket to {}", peer.remoteAddress(), nothingToLose);
        }
        try {
            if (receiver != null) {
                receiver.closed();
            }
        } catch (RuntimeException | Error failure) {
            LOG.warn("The pipeline failed when the connection from {} was closed", peer.remoteAddress(), failure);
        }
    }
}
