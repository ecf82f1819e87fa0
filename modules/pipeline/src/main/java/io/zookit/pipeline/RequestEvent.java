package io.zookit.pipeline;

import io.zookit.model.Id;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.words.Word;
import io.zookit.wire.ConnectRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slot of the request ring: one thing that a connection brings before the owner of the state. */
final class RequestEvent {
    /** What a slot holds. */
    enum Kind {
        /** The first frame of a connection; the body is a {@link ConnectRequest}. */
        CONNECT,
        /** A request of a known operation. */
        REQUEST,
        /** A request of a known operation whose body could not be decoded. */
        MALFORMED,
        /** A request of an operation this server does not answer. */
        UNKNOWN,
        /** An authentication came to an end; identities are what was proved, {@code null} for none. */
        AUTHENTICATED,
        /** A four-letter word. */
        WORD
    }

    private @Nullable ClientConnection connection;
    private Kind kind = Kind.UNKNOWN;
    private int xid;
    private long receivedNanos;
    private int heldBytes;
    private byte @Nullable [] body;
    private @Nullable Operation<?> operation;
    private @Nullable Request request;
    private @Nullable ConnectRequest connectRequest;
    private @Nullable List<Id> identities;
    private @Nullable Word word;

    void connect(ClientConnection from, ConnectRequest body) {
        begin(from, Kind.CONNECT, 0);
        connectRequest = body;
    }

    void request(
            ClientConnection from,
            int number,
            Operation<?> what,
            Request decoded,
            byte @Nullable [] undecoded,
            int bytesHeld) {
        begin(from, Kind.REQUEST, number);
        operation = what;
        request = decoded;
        body = undecoded;
        heldBytes = bytesHeld;
    }

    void malformed(ClientConnection from, int number, Operation<?> what, byte @Nullable [] undecoded) {
        begin(from, Kind.MALFORMED, number);
        operation = what;
        body = undecoded;
    }

    void unknown(ClientConnection from, int number) {
        begin(from, Kind.UNKNOWN, number);
    }

    void authenticated(ClientConnection from, int number, @Nullable List<Id> proved) {
        begin(from, Kind.AUTHENTICATED, number);
        identities = proved;
    }

    void word(ClientConnection from, Word asked) {
        begin(from, Kind.WORD, 0);
        word = asked;
    }

    private void begin(ClientConnection from, Kind what, int number) {
        connection = from;
        kind = what;
        xid = number;
        heldBytes = 0;
        receivedNanos = from.readNanos();
    }

    /** Lets go of everything, so that a quiet ring keeps no request alive. */
    void clear() {
        connection = null;
        operation = null;
        request = null;
        body = null;
        connectRequest = null;
        identities = null;
        word = null;
    }

    ClientConnection connection() {
        return present(connection);
    }

    Kind kind() {
        return kind;
    }

    int xid() {
        return xid;
    }

    long receivedNanos() {
        return receivedNanos;
    }

    /** Bytes counted against the limit of bytes in flight until the request is done. */
    int heldBytes() {
        return heldBytes;
    }

    Operation<?> operation() {
        return present(operation);
    }

    Request request() {
        return present(request);
    }

    /** The body as it came, if another server is to decide the request; {@code null} otherwise. */
    byte @Nullable [] body() {
        return body;
    }

    ConnectRequest connectRequest() {
        return present(connectRequest);
    }

    @Nullable
    List<Id> identities() {
        return identities;
    }

    Word word() {
        return present(word);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the slot does not hold what its kind says");
        }
        return value;
    }
}
