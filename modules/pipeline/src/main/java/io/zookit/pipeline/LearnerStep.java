package io.zookit.pipeline;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.session.Session;
import io.zookit.spi.ServerClock;
import io.zookit.spi.consensus.EnsembleConsensus;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.wire.JuteReader;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a learner has its leader do, and what comes back: writes go away as they are and return as transactions, a sync returns when
 * everything before it is here, and a session goes on when the leader says so. Runs on the owner of the state.
 */
final class LearnerStep {
    /** A session is told of to the leader this often while its client shows itself. */
    private static final int TOUCHES_PER_TIMEOUT = 16;

    private final ReplicaState state;
    private final EnsembleConsensus consensus;
    private final ProposeStage propose;
    private final AnswerStep answers;
    private final ServerRole role;
    private final ServerClock clock;
    private final ArrayDeque<InFlight> syncs = new ArrayDeque<>();
    /** Clients whose new session is not a transaction yet. */
    private final Map<Long, ClientConnection> opening = new HashMap<>();
    /** Clients who want to go on with a session. */
    private final Map<Long, ArrayDeque<Resuming>> resuming = new HashMap<>();

    LearnerStep(
            ReplicaState state,
            EnsembleConsensus consensus,
            ProposeStage propose,
            AnswerStep answers,
            ServerRole role,
            ServerClock clock) {
        this.state = state;
        this.consensus = consensus;
        this.propose = propose;
        this.answers = answers;
        this.role = role;
        this.clock = clock;
    }

    /** A client that wants to go on with a session, and the timeout it gets. */
    record Resuming(ClientConnection connection, int timeoutMillis) {}

    // ---- writes

    /** Has the leader decide a write. */
    void forward(ClientConnection connection, RequestFacts facts, int opCode, byte @Nullable [] body) {
        InFlight write = InFlight.away(connection, facts);
        connection.waiting().add(write);
        connection.away().add(write);
        propose.away(1);
        consensus.forward(request(connection, facts, opCode, body));
    }

    private static ForwardedRequest request(
            ClientConnection connection, RequestFacts facts, int opCode, byte @Nullable [] body) {
        return new ForwardedRequest(
                connection.sessionId(),
                facts.xid(),
                opCode,
                Objects.requireNonNull(body, "a learner keeps the bodies of what it forwards"),
                connection.identities());
    }

    /**
     * A transaction of the leader is on its way to the log.
     *
     * @throws io.zookit.wire.WireFormatException when it cannot be understood: this server cannot go on without it
     */
    void logged(long zxid, byte[] record) {
        LoggedTxn logged = TxnCodec.read(new JuteReader(ByteBuffer.wrap(record)));
        InFlight write = inFlight(logged);
        write.recorded(logged.digest());
        propose.proposedElsewhere(write, record.length);
    }

    /** The write of a client here that has become this transaction, or one that nobody here waits for. */
    private InFlight inFlight(LoggedTxn logged) {
        TxnHeader header = logged.header();
        // That a session which was local until now begins is no request of its client.
        boolean begins = logged.txn() instanceof Txn.CreateSession;
        Session<ClientConnection> session = begins ? null : state.findSession(header.sessionId());
        ClientConnection connection = session == null ? null : session.connection();
        InFlight oldest = connection == null ? null : connection.away().peek();
        if (connection == null || oldest == null || oldest.facts().xid() != header.cxid()) {
            return InFlight.write(null, RequestFacts.NONE, header, logged.txn());
        }
        connection.away().remove();
        propose.away(-1);
        oldest.arrived(header, logged.txn());
        return oldest;
    }

    /** A connection has ended: what it had forwarded comes back to nobody. */
    void disconnected(ClientConnection connection) {
        propose.away(-connection.forgetAway());
    }

    // ---- syncs

    /** A client wants to read what every earlier write left, wherever that was asked for. */
    void sync(ClientConnection connection, RequestFacts facts, byte @Nullable [] body) {
        InFlight sync = InFlight.away(connection, facts);
        connection.waiting().add(sync);
        syncs.add(sync);
        if (role.leads()) {
            consensus.sync();
        } else {
            consensus.forward(request(connection, facts, OpCode.SYNC.code(), body));
        }
    }

    /** The oldest sync is done: everything before it has been applied. */
    void synced() {
        InFlight oldest = syncs.poll();
        if (oldest != null) {
            oldest.arrived();
            answers.release(Objects.requireNonNull(oldest.connection(), "connection"));
        }
    }

    // ---- sessions

    /** Has the leader open a session. */
    void open(ClientConnection connection, long sessionId, int timeoutMillis) {
        awaitOpened(sessionId, connection);
        create(sessionId, timeoutMillis);
    }

    /** Has the leader make a session known to the whole ensemble. */
    void create(long sessionId, int timeoutMillis) {
        byte[] body = ByteBuffer.allocate(Integer.BYTES).putInt(timeoutMillis).array();
        consensus.forward(new ForwardedRequest(sessionId, 0, OpCode.CREATE_SESSION.code(), body, null));
    }

    /** The client that waits for a session that was opened now; {@code null} when it is not one of this server's. */
    @Nullable
    ClientConnection opened(long sessionId) {
        return opening.remove(sessionId);
    }

    /** Asks the leader whether a client may go on with its session. */
    void resume(ClientConnection connection, long sessionId, int timeoutMillis) {
        resuming.computeIfAbsent(sessionId, unused -> new ArrayDeque<>()).add(new Resuming(connection, timeoutMillis));
        consensus.revalidate(sessionId, timeoutMillis);
    }

    /** Whom the leader's oldest answer about a session is for; {@code null} when nobody waits any more. */
    @Nullable
    Resuming revalidated(long sessionId) {
        ArrayDeque<Resuming> clients = resuming.get(sessionId);
        Resuming oldest = clients == null ? null : clients.poll();
        if (clients != null && clients.isEmpty()) {
            resuming.remove(sessionId);
        }
        return oldest;
    }

    /** A client may go on with a session that is not known here yet: it is told when it is. */
    void awaitOpened(long sessionId, ClientConnection connection) {
        opening.put(sessionId, connection);
    }

    /** A client showed itself: the leader hears of it, now and then. */
    void touched(Session<ClientConnection> session, ClientConnection connection) {
        long nowMillis = clock.monotonicMillis();
        if (nowMillis >= connection.nextTouchMillis()) {
            connection.nextTouchMillis(nowMillis + session.timeoutMillis() / TOUCHES_PER_TIMEOUT);
            consensus.touched(session.id(), session.timeoutMillis());
        }
    }

    /** The role ends: nothing comes back any more. Those who wait are let go. */
    void end(ReplyStage replies) {
        opening.values().forEach(replies::close);
        resuming.values().forEach(clients -> clients.forEach(client -> replies.close(client.connection())));
        opening.clear();
        resuming.clear();
        syncs.clear();
    }
}
