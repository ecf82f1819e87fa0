package io.zookit.consensus.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link between two election ports once both know who the other is: a reader and a writer, and in between at most one vote that
 * waits, because only the newest is of interest.
 */
final class ElectionLink {
    private static final Logger LOG = LoggerFactory.getLogger(ElectionLink.class);

    /** Votes that were read and not handled; the reader waits at so many. */
    private static final int ARRIVED_MAX = 100;

    private final long serverId;
    private final Socket socket;
    private final ByteIntake intake;
    /** The newest vote; nothing in it wakes a writer that has to end. */
    private final ArrayBlockingQueue<Optional<ElectionNotification>> newest = new ArrayBlockingQueue<>(1);

    private final Semaphore permits = new Semaphore(ARRIVED_MAX);
    private volatile boolean closed;

    ElectionLink(long serverId, Socket socket, ByteIntake intake) {
        this.serverId = serverId;
        this.socket = socket;
        this.intake = intake;
    }

    long serverId() {
        return serverId;
    }

    /** A vote that was read has been handled. */
    void handled() {
        permits.release();
    }

    /** Sends a vote, in the place of one that still waits. Called by the loop alone. */
    void send(ElectionNotification vote) {
        newest.clear();
        newest.offer(Optional.of(vote));
    }

    /**
     * Reads votes until the link ends, and closes it then.
     *
     * @param arrived gets each; {@link #handled} answers it
     */
    void read(Consumer<ElectionNotification> arrived) {
        try {
            while (!closed) {
                int length = intake.need(Integer.BYTES).getInt();
                if (length < 1 || length > ElectionNotification.FRAME_BYTES_MAX) {
                    throw new WireFormatException("a frame of " + length + " bytes on an election link");
                }
                ByteBuffer frame = intake.need(length);
                ByteBuffer payload = frame.slice(frame.position(), length);
                frame.position(frame.position() + length);
                offer(payload, arrived);
            }
        } catch (WireFormatException e) {
            LOG.warn("closing the election link with server {}: {}", serverId, e.getMessage());
        } catch (IOException e) {
            LOG.debug("the election link with server {} has ended: {}", serverId, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** What is no vote is ignored: others may know more forms than we do. */
    private void offer(ByteBuffer payload, Consumer<ElectionNotification> arrived) throws InterruptedException {
        ElectionNotification vote;
        try {
            vote = ElectionNotification.read(new JuteReader(payload));
        } catch (WireFormatException e) {
            LOG.debug("server {} sent something that is no vote: {}", serverId, e.getMessage());
            return;
        }
        permits.acquire();
        arrived.accept(vote);
    }

    /** Writes votes until the link is closed. */
    void write() {
        JuteWriter writer = new JuteWriter(512);
        try {
            while (!closed) {
                Optional<ElectionNotification> vote = newest.take();
                if (!closed && vote.isPresent()) {
                    writer.clear();
                    int frame = writer.beginFrame();
                    vote.get().write(writer);
                    writer.endFrame(frame);
                    socket.getOutputStream().write(writer.toByteArray());
                }
            }
        } catch (IOException e) {
            LOG.debug("the election link with server {} cannot be written: {}", serverId, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Ends both threads. Any thread. */
    void close() {
        if (!closed) {
            closed = true;
            Sockets.close(socket);
            permits.release(ARRIVED_MAX);
            newest.offer(Optional.empty());
        }
    }
}
