package io.zookit.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.PeerFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its first byte to its end. The methods of {@link Connection} may be called by any thread; all others belong
 * to the connection's loop.
 *
 * <p>How it ends: {@link #close} lets everything sent leave, then finishes our side and discards what still comes in until the
 * other side finishes too. Closing a socket with unread bytes would reset it, and a reset can overtake the last reply. A peer
 * that does not answer in time is cut off.
 */
final class NettyConnection implements Connection, ChannelFutureListener {
    private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

    private final ChannelHandlerContext context;
    private final LoopRound round;
    private final NettySettings settings;
    private final PeerFacts peer;
    private final Outgoing outgoing;
    private @Nullable Incoming incoming;
    private @Nullable ByteReceiver receiver;
    private @Nullable ScheduledFuture<?> cutOff;
    /** Set by whoever closes; from then on nothing is sent or delivered. */
    private volatile boolean closing;

    private boolean reading = true;
    private boolean stoppedByReceiver;
    private boolean slowReader;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean touched;
    private boolean lingers = true;
    private boolean gone;

    NettyConnection(ChannelHandlerContext context, LoopRound round, NettySettings settings, PeerFacts peer) {
        this.context = context;
        this.round = round;
        this.settings = settings;
        this.peer = peer;
        this.outgoing = new Outgoing(context.alloc());
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
        if (context.executor().inEventLoop()) {
            outgoing.append(bytes);
            touch();
        } else if (outgoing.appendForeign(bytes)) {
            round.execute(this::touch);
        }
    }

    @Override
    public long pendingBytes() {
        return outgoing.pendingBytes();
    }

    @Override
    public void resumeReading() {
        // Always as a task of its own: it may be called from within received(), whose answer still stops the reading.
        round.execute(this::resume);
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        if (context.executor().inEventLoop()) {
            touch();
        } else {
            round.execute(this::touch);
        }
    }

    /** Asks the pipeline for the receiver. */
    void open() {
        round.opened(this);
        try {
            ByteReceiver made = round.handler().opened(this);
            receiver = made;
            incoming = new Incoming(made, context.alloc());
        } catch (Throwable failure) {
            pipelineFailed(failure);
        }
    }

    /** Bytes have arrived. They are the caller's. */
    void arrived(ByteBuf input) {
        Incoming to = incoming;
        if (closing || to == null) {
            return;
        }
        if (held()) {
            to.keep(input);
            return;
        }
        round.delivered();
        try {
            heard(to.offer(input));
        } catch (Throwable failure) {
            pipelineFailed(failure);
        }
    }

    /** The other side has finished; what it sent before was delivered or is kept. */
    void inputEnded() {
        // What has been delivered may be answered at the end of this round, and the answer shall leave: we close after
        // that.
        inputEnded = true;
        touch();
    }

    /** Reading or writing failed, or there is a bug. */
    void failed(Throwable failure) {
        if (failure instanceof IOException) {
            LOG.debug("Connection from {} ended: {}", peer.remoteAddress(), failure.toString());
        } else {
            LOG.warn("Closing the connection from {} after a failure of the transport", peer.remoteAddress(), failure);
        }
        cut();
    }

    /** The channel is closed. */
    void gone() {
        if (gone) {
            return;
        }
        gone = true;
        closing = true;
        if (cutOff != null) {
            cutOff.cancel(false);
        }
        outgoing.release();
        if (incoming != null) {
            incoming.release();
        }
        try {
            if (receiver != null) {
                receiver.closed();
            }
        } catch (Throwable failure) {
            LOG.warn("The pipeline failed when the connection from {} was closed", peer.remoteAddress(), failure);
        } finally {
            round.gone(this);
        }
    }

    /** The transport closes: what was sent leaves, but nobody waits for the other side to finish. */
    void closeNow() {
        closing = true;
        lingers = false;
        touch();
    }

    /** The end of a round in which this connection was touched. */
    void endRound() {
        touched = false;
        if (gone) {
            return;
        }
        outgoing.write(context, this);
        if (gone) {
            return;
        }
        slowReader = slowReader || outgoing.pendingBytes() > settings.writeHighBytes();
        if (inputEnded && !held()) {
            closing = true;
        }
        if (closing) {
            finish();
        } else {
            read(!held());
        }
    }

    /** A chunk was written, or dropped because the channel is closed. */
    @Override
    public void operationComplete(ChannelFuture chunk) {
        outgoing.left((Outgoing.WrittenPromise) chunk);
        if (closing) {
            touch();
        } else if (slowReader && outgoing.pendingBytes() <= settings.writeLowBytes()) {
            round.execute(this::caughtUp);
        }
    }

    private void caughtUp() {
        if (slowReader) {
            slowReader = false;
            offerAgain();
        }
    }

    private void resume() {
        stoppedByReceiver = false;
        offerAgain();
    }

    private void offerAgain() {
        Incoming from = incoming;
        if (closing || from == null || held()) {
            return;
        }
        if (from.hasLeft()) {
            round.delivered();
            try {
                heard(from.offerLeft());
            } catch (Throwable failure) {
                pipelineFailed(failure);
            }
        }
        touch();
    }

    private void heard(boolean goOn) {
        if (!goOn) {
            stoppedByReceiver = true;
            touch();
        }
    }

    private boolean held() {
        return stoppedByReceiver || slowReader;
    }

    private void pipelineFailed(Throwable failure) {
        LOG.warn("Closing the connection from {}: the pipeline failed on it", peer.remoteAddress(), failure);
        closing = true;
        touch();
    }

    private void touch() {
        if (!touched && !gone) {
            touched = true;
            round.touched(this);
        }
    }

    private void read(boolean on) {
        if (reading != on) {
            reading = on;
            context.channel().config().setAutoRead(on);
        }
    }

    /** Takes the next step of closing. Called again whenever something has changed. */
    private void finish() {
        if (incoming != null) {
            incoming.release();
        }
        boolean allWritten = outgoing.pendingBytes() == 0;
        if (allWritten && (inputEnded || !lingers || receiver == null)) {
            cut();
            return;
        }
        if (cutOff == null) {
            cutOff = context.executor().schedule(this::cut, settings.closeTimeoutMillis(), TimeUnit.MILLISECONDS);
        }
        if (allWritten && !outputEnded) {
            outputEnded = true;
            var unused = ((DuplexChannel) context.channel()).shutdownOutput();
        }
        // What comes in now is discarded; its end is what we wait for.
        read(true);
    }

    private void cut() {
        var unused = context.close();
    }

    /** For the log. */
    @Override
    public String toString() {
        Channel channel = context.channel();
        return "connection from " + peer.remoteAddress() + " on " + channel.id().asShortText();
    }
}
