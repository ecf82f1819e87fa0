package io.zookit.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.zookit.model.OpCode;
import io.zookit.pipeline.ClientConnection.Phase;
import io.zookit.pipeline.operation.Limit;
import io.zookit.pipeline.operation.LimitListener;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.Operations;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.operation.WriteOperation;
import io.zookit.pipeline.words.Word;
import io.zookit.pipeline.words.Words;
import io.zookit.spi.ServerClock;
import io.zookit.wire.ConnectRequest;
import io.zookit.wire.JuteReader;
import io.zookit.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DECODE: cuts frames out of what the transport delivers, turns each into a request and publishes it on the request ring. Runs on
 * the connection's transport thread, and never waits: when the ring is full or too many bytes are in flight, the connection is not
 * read until there is room again.
 *
 * <p>The first four bytes of a connection may be a four-letter word instead of a length (client protocol, port multiplexing).
 */
final class DecodeStage {
    private static final Logger LOG = LoggerFactory.getLogger(DecodeStage.class);
    private static final int LENGTH_BYTES = 4;
    private static final int HEADER_BYTES = 8;
    private final RingBuffer<RequestEvent> ring;
    private final Operations operations;
    private final Words words;
    private final AuthenticateStage authenticate;
    private final ServerRole role;
    private final ServerClock clock;
    private final LimitListener limits;
    private final int frameBytesMax;
    private final int largeRequestBytes;
    private final long bytesInFlightMax;

    private final AtomicLong bytesInFlight = new AtomicLong();
    private final Queue<ClientConnection> starved = new ConcurrentLinkedQueue<>();

    DecodeStage(
            RingBuffer<RequestEvent> ring,
            Operations operations,
            Words words,
            AuthenticateStage authenticate,
            ServerRole role,
            ServerClock clock,
            PipelineOptions options,
            LimitListener limits) {
        this.ring = ring;
        this.operations = operations;
        this.words = words;
        this.authenticate = authenticate;
        this.role = role;
        this.clock = clock;
        this.limits = limits;
        this.frameBytesMax = options.frameBytesMax();
        this.largeRequestBytes = options.limits().largeRequestBytes();
        this.bytesInFlightMax = options.bytesInFlightMax();
    }

    /**
     * Takes what a connection has received.
     *
     * @return whether to go on reading
     */
    boolean received(ClientConnection connection, ByteBuffer bytes) {
        connection.readAt(clock.monotonicNanos());
        int before = bytes.position();
        boolean more = take(connection, bytes);
        connection.countBytes(bytes.position() - before);
        return more;
    }

    private boolean take(ClientConnection connection, ByteBuffer bytes) {
        while (bytes.remaining() >= LENGTH_BYTES) {
            if (connection.phase() == Phase.CONNECTING || connection.phase() == Phase.ENDED) {
                return false;
            }
            int length = bytes.getInt(bytes.position());
            if (connection.phase() == Phase.NEW && words.isWord(length)) {
                Word word = words.word(length);
                if (bytes.remaining() < LENGTH_BYTES + word.parameterBytes()) {
                    return true;
                }
                return word(connection, word.with(bytes.slice(bytes.position() + LENGTH_BYTES, word.parameterBytes())));
            }
            if (length < 0 || length > frameBytesMax) {
                return tooLong(connection, length);
            }
            if (bytes.remaining() < LENGTH_BYTES + length) {
                return true;
            }
            if (!hasRoom()) {
                limits.bit(Limit.LARGE_REQUEST_BYTES, () -> "large requests wait for those before them");
                return starve(connection);
            }
            int end = bytes.position() + LENGTH_BYTES + length;
            if (!frame(connection, bytes.slice(bytes.position() + LENGTH_BYTES, length))) {
                limits.bit(Limit.REQUESTS, () -> "requests wait for those before them");
                return starve(connection);
            }
            bytes.position(end);
        }
        return connection.phase() != Phase.CONNECTING && connection.phase() != Phase.ENDED;
    }

    /** Connections that wait for room. Drained by the owner of the state, which makes the room. */
    Queue<ClientConnection> starved() {
        return starved;
    }

    /** Whether large requests may be taken in again. */
    boolean hasRoom() {
        return bytesInFlight.get() <= bytesInFlightMax;
    }

    /** The owner of the state is done with a request. */
    void release(int heldBytes) {
        if (heldBytes > 0) {
            bytesInFlight.addAndGet(-heldBytes);
        }
    }

    private boolean starve(ClientConnection connection) {
        starved.add(connection);
        return false;
    }

    private boolean tooLong(ClientConnection connection, int length) {
        limits.bit(
                Limit.FRAME_BYTES,
                () -> connection.peer().remoteAddress() + " closed: it announced a frame of " + length
                        + " bytes, at most " + frameBytesMax + " are allowed");
        return refuse(connection, "a frame of " + length + " bytes; jute.maxbuffer=" + frameBytesMax);
    }

    private boolean refuse(ClientConnection connection, String reason) {
        LOG.debug("{} closed: {}", connection.peer().remoteAddress(), reason);
        connection.phase(Phase.ENDED);
        connection.transport().close();
        return false;
    }

    private boolean word(ClientConnection connection, Word word) {
        if (!publish(event -> event.word(connection, word))) {
            return starve(connection);
        }
        connection.phase(Phase.ENDED);
        return false;
    }

    /**
     * Takes one frame.
     *
     * @return false when there was no room for it, and it has to be offered again
     */
    private boolean frame(ClientConnection connection, ByteBuffer payload) {
        return connection.phase() == Phase.NEW ? connect(connection, payload) : request(connection, payload);
    }

    private boolean connect(ClientConnection connection, ByteBuffer payload) {
        ConnectRequest request;
        try {
            request = ConnectRequest.read(new JuteReader(payload));
        } catch (WireFormatException malformed) {
            refuse(connection, malformed.getMessage() + " in a connect request");
            return true;
        }
        // The next frame is read when the session is decided: the owner of the state resumes the connection.
        connection.phase(Phase.CONNECTING);
        if (publish(event -> event.connect(connection, request))) {
            return true;
        }
        connection.phase(Phase.NEW);
        return false;
    }

    private boolean request(ClientConnection connection, ByteBuffer payload) {
        if (payload.remaining() < HEADER_BYTES) {
            refuse(connection, "a request of " + payload.remaining() + " bytes");
            return true;
        }
        int xid = payload.getInt();
        int code = payload.getInt();
        if (code == OpCode.AUTH.code()) {
            return authenticate(connection, xid, payload);
        }
        Operation<?> operation = operations.find(code);
        if (operation == null) {
            return unknown(connection, xid);
        }
        int held = payload.remaining() > largeRequestBytes ? payload.remaining() : 0;
        byte @Nullable [] body = role.forwards() && isForwarded(operation) ? copy(payload) : null;
        return decoded(connection, xid, operation, decode(operation, payload), body, held);
    }

    private static boolean isForwarded(Operation<?> operation) {
        return operation instanceof WriteOperation<?> || operation.code() == OpCode.SYNC;
    }

    private static byte[] copy(ByteBuffer payload) {
        byte[] body = new byte[payload.remaining()];
        payload.duplicate().get(body);
        return body;
    }

    private boolean decoded(
            ClientConnection connection,
            int xid,
            Operation<?> operation,
            @Nullable Request request,
            byte @Nullable [] body,
            int held) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return false;
        }
        RequestEvent event = ring.get(sequence);
        if (request == null) {
            event.malformed(connection, xid, operation, body);
        } else {
            if (held > 0) {
                bytesInFlight.addAndGet(held);
            }
            event.request(connection, xid, operation, request, body, held);
        }
        ring.publish(sequence);
        return true;
    }

    private static @Nullable Request decode(Operation<?> operation, ByteBuffer body) {
        try {
            return operation.decode(new JuteReader(body));
        } catch (WireFormatException malformed) {
            return null;
        }
    }

    private boolean unknown(ClientConnection connection, int xid) {
        if (!publish(event -> event.unknown(connection, xid))) {
            return false;
        }
        connection.phase(Phase.ENDED);
        return true;
    }

    /** Credentials are looked at elsewhere; the connection is not read meanwhile. */
    private boolean authenticate(ClientConnection connection, int xid, ByteBuffer payload) {
        AuthenticateStage.Packet packet;
        try {
            packet = AuthenticateStage.Packet.read(xid, new JuteReader(payload));
        } catch (WireFormatException malformed) {
            refuse(connection, malformed.getMessage() + " in an auth packet");
            return true;
        }
        connection.phase(Phase.CONNECTING);
        authenticate.begin(connection, packet);
        return true;
    }

    private boolean publish(Filling filling) {
        try {
            long sequence = ring.tryNext();
            filling.fill(ring.get(sequence));
            ring.publish(sequence);
            return true;
        } catch (InsufficientCapacityException full) {
            return false;
        }
    }

    /** Fills a slot of the ring. */
    @FunctionalInterface
    private interface Filling {
        void fill(RequestEvent event);
    }
}
