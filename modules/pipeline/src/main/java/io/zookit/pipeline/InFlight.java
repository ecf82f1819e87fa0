package io.zookit.pipeline;

import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.Refusal;
import io.zookit.pipeline.operation.Request;
import io.zookit.tree.Outcome;
import io.zookit.wire.LoggedTxn;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered at once. It stands in its connection's queue, so that replies leave in the order of the
 * requests, and is ready when everything up to {@link #readyZxid} has been applied and it has come to the front.
 */
final class InFlight {
    /** Ready as soon as it comes to the front. */
    static final long AT_FRONT = 0;
    /** Not ready before the leader has answered. */
    private static final long AWAY = Long.MAX_VALUE;

    private @Nullable ClientConnection connection;
    private final RequestFacts facts;
    private long readyZxid;
    private @Nullable TxnHeader header;
    private @Nullable Txn txn;
    private LoggedTxn.@Nullable Digest recorded;
    private @Nullable Outcome outcome;

    private InFlight(
            @Nullable ClientConnection connection,
            RequestFacts facts,
            long readyZxid,
            @Nullable TxnHeader header,
            @Nullable Txn txn) {
        this.connection = connection;
        this.facts = facts;
        this.readyZxid = readyZxid;
        this.header = header;
        this.txn = txn;
    }

    /**
     * What is kept of a request until its reply.
     *
     * @param xid the client's number
     * @param operation what it asks for; {@code null} for an unknown operation
     * @param request its body; {@code null} when it could not be decoded
     * @param receivedNanos when it was read
     * @param heldBytes what it counts against the bytes in flight
     */
    record RequestFacts(
            int xid,
            @Nullable Operation<?> operation,
            @Nullable Request request,
            long receivedNanos,
            int heldBytes) {
        /** A transaction that no client asked for. */
        static final RequestFacts NONE = new RequestFacts(0, null, null, 0, 0);

        /** The same, to be answered by a refusal. */
        RequestFacts refused(Refusal refusal) {
            return new RequestFacts(xid, refusal, Request.EMPTY, receivedNanos, heldBytes);
        }
    }

    /** A proposed transaction; the connection is {@code null} when the server itself asked for it. */
    static InFlight write(@Nullable ClientConnection connection, RequestFacts facts, TxnHeader header, Txn txn) {
        return new InFlight(connection, facts, header.zxid(), header, txn);
    }

    /** A request that changes nothing but has to wait. */
    static InFlight read(ClientConnection connection, RequestFacts facts, long readyZxid) {
        return new InFlight(connection, facts, readyZxid, null, null);
    }

    /** A request that another server decides. */
    static InFlight away(ClientConnection connection, RequestFacts facts) {
        return new InFlight(connection, facts, AWAY, null, null);
    }

    /** A request that was away has become a transaction. */
    void arrived(TxnHeader decided, Txn change) {
        header = decided;
        txn = change;
        readyZxid = decided.zxid();
    }

    /** A request that was away may be answered, and changes nothing. */
    void arrived() {
        readyZxid = AT_FRONT;
    }

    /** Nobody waits for the reply any more. */
    void letGo() {
        connection = null;
    }

    @Nullable
    ClientConnection connection() {
        return connection;
    }

    RequestFacts facts() {
        return facts;
    }

    long readyZxid() {
        return readyZxid;
    }

    boolean isWrite() {
        return txn != null;
    }

    TxnHeader header() {
        return Objects.requireNonNull(header, "a read has no transaction header");
    }

    Txn txn() {
        return Objects.requireNonNull(txn, "a read has no transaction");
    }

    /** The digest of the tree after it, as the leader has recorded it; {@code null} when it has not, or was this server. */
    LoggedTxn.@Nullable Digest recorded() {
        return recorded;
    }

    void recorded(LoggedTxn.@Nullable Digest byLeader) {
        recorded = byLeader;
    }

    /** What applying it gave; set before it can become ready. */
    Outcome outcome() {
        return Objects.requireNonNull(outcome, "a write is answered before it was applied");
    }

    void outcome(Outcome applied) {
        outcome = applied;
    }
}
