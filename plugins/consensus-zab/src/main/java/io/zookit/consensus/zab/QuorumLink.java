package io.zookit.consensus.zab;

import io.zookit.wire.QuorumCodec;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.WireFormatException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link between a leader and a learner: a reader, a writer, and what waits between them and the loop. */
final class QuorumLink {
    private static final Logger LOG = LoggerFactory.getLogger(QuorumLink.class);

    /** The most bytes of a packet's data: more than any transaction can have. */
    private static final int DATA_BYTES_MAX = 64 << 20;

    /** Packets that were read and not handled; the reader waits at so many. */
    private static final int ARRIVED_MAX = 1024;

    /** Packets that wait to be written; the core cuts off a learner long before. */
    private static final int WAITING_MAX = 1 << 20;

    private final long name;
    private final Socket socket;
    private final ByteIntake intake;
    private final LinkedBlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>();
    private final Semaphore permits = new Semaphore(ARRIVED_MAX);
    private final Semaphore waiting = new Semaphore(WAITING_MAX);

    /** Who takes the stream after a SNAP packet; the reader waits for it there. */
    private final LinkedBlockingQueue<StreamIn> takers = new LinkedBlockingQueue<>();

    /** Has a permit once what the reader waits for is done. */
    private final Semaphore done = new Semaphore(0);

    private List<QuorumMessage> round = new ArrayList<>();
    private boolean readerEnded;
    private volatile boolean closed;

    QuorumLink(long name, Socket socket) throws IOException {
        this.name = name;
        this.socket = socket;
        this.intake = new ByteIntake(socket.getInputStream());
    }

    /** What a writer gets to do, in order. */
    sealed interface Outgoing {
        /** The packets of one round. */
        record Packets(List<QuorumMessage> messages) implements Outgoing {}

        /** Something long, written as it is read from the storage. */
        record Stream(StreamOut source) implements Outgoing {}

        /** Nothing follows: the other side is told so, and hangs up. */
        record End() implements Outgoing {}
    }

    /** Writes something long. */
    interface StreamOut {
        void writeTo(PacketOutput out) throws IOException;
    }

    /** Takes what follows a SNAP packet. Exactly one of the methods is called, on the reader's thread or the loop. */
    interface StreamIn {
        /** Reads to the end of the stream; packets follow. */
        void readFrom(ByteIntake intake) throws IOException;

        /** The link has ended before. */
        void abandoned();
    }

    long name() {
        return name;
    }

    Object peer() {
        return socket.getRemoteSocketAddress();
    }

    // ---- on the loop

    /** Sends a packet with the others of this round. */
    void send(QuorumMessage message) {
        round.add(message);
    }

    /** Hands the packets of the round to the writer, together. */
    void endRound() {
        if (!round.isEmpty()) {
            if (!waiting.tryAcquire(round.size())) {
                LOG.warn("closing the link with {}: it does not take what is sent to it", peer());
                close();
                return;
            }
            outgoing.add(new Outgoing.Packets(round));
            round = new ArrayList<>();
        }
    }

    /** Sends something long, after everything sent before. */
    void stream(StreamOut source) {
        endRound();
        outgoing.add(new Outgoing.Stream(source));
    }

    /** Ends the link after everything sent before. Whoever asks for it closes it as well, if that takes too long. */
    void finish() {
        endRound();
        outgoing.add(new Outgoing.End());
    }

    boolean isClosed() {
        return closed;
    }

    /** A packet that was read has been handled. */
    void handled() {
        permits.release();
    }

    // ---- threads of the link

    /**
     * Reads packets until the link ends, and closes it then.
     *
     * @param arrived gets each; {@link #handled} answers it
     */
    void read(Consumer<QuorumMessage> arrived) {
        try {
            while (!closed) {
                QuorumMessage message = QuorumCodec.read(intake.unread(), DATA_BYTES_MAX);
                if (message == null) {
                    intake.more();
                    continue;
                }
                permits.acquire();
                arrived.accept(message);
                if (message instanceof QuorumMessage.Snap) {
                    takeStream(takers.take());
                }
            }
        } catch (WireFormatException e) {
            LOG.warn("closing the link with {}: {}", peer(), e.getMessage());
        } catch (IOException e) {
            LOG.debug("the link with {} has ended: {}", peer(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            endTakers();
        }
    }

    private void takeStream(StreamIn taker) throws IOException {
        if (closed) {
            taker.abandoned();
        } else {
            taker.readFrom(intake);
        }
    }

    private synchronized void endTakers() {
        readerEnded = true;
        takers.forEach(StreamIn::abandoned);
        takers.clear();
    }

    /** Says who takes the stream of the SNAP packet that has just been handled. */
    synchronized void receiveStream(StreamIn taker) {
        if (readerEnded) {
            taker.abandoned();
        } else {
            takers.add(taker);
        }
    }

    /** What the reader waits for is done. Any thread. */
    void done() {
        done.release();
    }

    /**
     * On the reader's thread: waits for {@link #done}.
     *
     * @throws IOException when the link is closed meanwhile
     */
    void awaitDone() throws IOException {
        try {
            done.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the reader of the link with " + peer() + " was interrupted");
        }
        if (closed) {
            throw new IOException("the link was closed");
        }
    }

    /** Bounds how long a read may wait from here; 0 for without end. */
    void readTimeoutMillis(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Writes what the loop sends until the link is closed. */
    void write() {
        boolean ended = false;
        try {
            PacketOutput out = new PacketOutput(socket.getOutputStream());
            while (!closed && !ended) {
                Outgoing next = outgoing.take();
                while (next != null && !closed && !ended) {
                    write(out, next);
                    ended = next instanceof Outgoing.End;
                    next = outgoing.poll();
                }
                out.flush();
            }
            if (ended) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            ended = false;
            LOG.debug("the link with {} cannot be written: {}", peer(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended) {
                close();
            }
        }
    }

    private void write(PacketOutput out, Outgoing next) throws IOException {
        if (next instanceof Outgoing.Packets packets) {
            for (QuorumMessage message : packets.messages()) {
                out.write(message);
            }
            waiting.release(packets.messages().size());
        } else if (next instanceof Outgoing.Stream stream) {
            stream.source().writeTo(out);
        }
    }

    /** Ends both threads. Any thread. */
    void close() {
        if (!closed) {
            closed = true;
            Sockets.close(socket);
            permits.release(ARRIVED_MAX);
            done.release();
            outgoing.add(new Outgoing.Packets(List.of()));
            takers.add(new Nobody());
        }
    }

    /** Wakes a reader that waits for a taker. */
    private static final class Nobody implements StreamIn {
        @Override
        public void readFrom(ByteIntake intake) {
            // It is there only once the link is closed, and then nothing is read.
        }

        @Override
        public void abandoned() {
            // Nobody waits for anything.
        }
    }
}
