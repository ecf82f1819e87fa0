package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.Operations;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.operation.WriteOperation;
import io.zookit.session.Session;
import io.zookit.session.SessionIds;
import io.zookit.session.SessionTable;
import io.zookit.spi.ServerClock;
import io.zookit.spi.consensus.EnsembleConsensus;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.TouchedSession;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.wire.JuteReader;
import io.zookit.wire.WireFormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a leader does for the clients of its learners: makes a transaction of each of their writes, keeps their sessions alive, and
 * knows at which server each session is. Runs on the owner of the state.
 */
final class LeaderStep {
    /** The owner of a session whose client is connected to this server. */
    private static final long HERE = Long.MIN_VALUE;

    private static final int UNKNOWN_TIMEOUT = 0;

    private final ReplicaState state;
    private final EnsembleConsensus consensus;
    private final ProposeStage propose;
    private final TransactionStep transactions;
    private final ReplyStage replies;
    private final SessionExpiry expiry;
    private final SessionIds ids;
    private final NewSessions newSessions;
    private final ServerRole role;
    private final ServerClock clock;
    private final Operations operations = new Operations();
    private final ArrayDeque<Requested> waiting = new ArrayDeque<>();
    /** Where each session was seen last. A session that was not seen in this epoch yet belongs to whoever shows up with it. */
    private final Map<Long, Long> owners = new HashMap<>();
    /**
     * Sessions that are proposed and not applied here yet: of learners' clients, and those that were local at this server. A quorum
     * may be ahead of this server, and then such a client is already writing.
     */
    private final SessionTable<ClientConnection> opening = new SessionTable<>();

    /** Learners that ask about a session whose end is proposed. */
    private final Map<Long, List<Long>> late = new HashMap<>();

    /**
     * @param newSessions what new sessions are, at this server and so at all others
     */
    LeaderStep(
            ReplicaState state,
            EnsembleConsensus consensus,
            ProposeStage propose,
            TransactionStep transactions,
            ReplyStage replies,
            SessionExpiry expiry,
            SessionIds ids,
            NewSessions newSessions,
            ServerRole role,
            ServerClock clock) {
        this.state = state;
        this.consensus = consensus;
        this.propose = propose;
        this.transactions = transactions;
        this.replies = replies;
        this.expiry = expiry;
        this.ids = ids;
        this.newSessions = newSessions;
        this.role = role;
        this.clock = clock;
    }

    /** A request and the link it came over. */
    private record Requested(long learner, ForwardedRequest request) {}

    /** A learner's client wants something. */
    void requested(long learner, ForwardedRequest request) {
        if (role.leads()) {
            waiting.add(new Requested(learner, request));
        }
    }

    /** Takes up what learners have asked for, as far as there are credits. */
    void work() {
        while (!waiting.isEmpty() && propose.hasCredit()) {
            Requested next = waiting.remove();
            take(next.learner(), next.request());
        }
    }

    private void take(long learner, ForwardedRequest request) {
        if (request.opCode() == OpCode.SYNC.code()) {
            consensus.syncFor(learner);
            return;
        }
        TxnHeader header = propose.nextHeader(request.sessionId(), request.cxid());
        propose.propose(header, transaction(learner, request, header), null, RequestFacts.NONE);
    }

    private Txn transaction(long learner, ForwardedRequest request, TxnHeader header) {
        if (request.opCode() == OpCode.CREATE_SESSION.code()) {
            return open(learner, request);
        }
        if (!(operations.find(request.opCode()) instanceof WriteOperation<?> operation)) {
            return TransactionStep.rejected(ErrorCode.UNIMPLEMENTED);
        }
        Session<ClientConnection> session = find(request.sessionId());
        if (session == null) {
            session = localElsewhere(request.sessionId());
        } else if (isElsewhere(session, learner)) {
            return TransactionStep.rejected(ErrorCode.SESSION_MOVED);
        }
        return transactions.prepare(
                session,
                operation,
                decode(operation, request.body()),
                header,
                request.ids() == null ? List.of() : request.ids());
    }

    private boolean isElsewhere(Session<ClientConnection> session, long learner) {
        Long owner = owners.putIfAbsent(session.id(), learner);
        return owner != null && owner != learner;
    }

    /**
     * What is known of a session that is not known here: where there are local sessions it may be one of the learner's, which answers
     * for it. If it was one of this server's, it has ended.
     */
    private @Nullable Session<ClientConnection> localElsewhere(long sessionId) {
        return newSessions == NewSessions.GLOBAL || sessionId == 0 || ids.isOurs(sessionId)
                ? null
                : Session.local(sessionId, UNKNOWN_TIMEOUT);
    }

    private Txn open(long learner, ForwardedRequest request) {
        if (request.body().length < Integer.BYTES) {
            return TransactionStep.rejected(ErrorCode.MARSHALLING_ERROR);
        }
        int timeoutMillis = JuteReader.of(request.body()).readInt();
        owners.put(request.sessionId(), learner);
        opening.add(request.sessionId(), timeoutMillis);
        return new Txn.CreateSession(timeoutMillis);
    }

    private @Nullable Session<ClientConnection> find(long sessionId) {
        Session<ClientConnection> session = state.sessions().find(sessionId);
        return session == null ? opening.find(sessionId) : session;
    }

    /** A local session of this server's is proposed, to become known to all. */
    void opening(Session<ClientConnection> session) {
        opening.add(session);
        isHere(session.id());
    }

    /** Whether a session of a learner's client is about to begin. */
    boolean isOpening(long sessionId) {
        return opening.find(sessionId) != null;
    }

    /** A session has begun. */
    void opened(Session<ClientConnection> session) {
        Session<ClientConnection> proposed = opening.remove(session.id());
        if (proposed != null && proposed.isClosing()) {
            session.markClosing();
        }
    }

    private static @Nullable Request decode(WriteOperation<?> operation, byte[] body) {
        try {
            return operation.decode(JuteReader.of(body));
        } catch (WireFormatException malformed) {
            return null;
        }
    }

    /** Clients of learners showed themselves. */
    void touched(List<TouchedSession> sessions) {
        if (!role.leads()) {
            return;
        }
        long nowMillis = clock.monotonicMillis();
        SessionTable<ClientConnection> known = state.sessions();
        for (TouchedSession touched : sessions) {
            Session<ClientConnection> session = known.find(touched.sessionId());
            if (session != null && !session.isClosing()) {
                expiry.touch(session.id(), touched.timeoutMillis(), nowMillis);
            }
        }
    }

    /** A client wants to go on with its session at a learner: from now on it is there and nowhere else. */
    void revalidate(long learner, long sessionId, int timeoutMillis) {
        if (!role.leads()) {
            return;
        }
        Session<ClientConnection> session = find(sessionId);
        if (session == null) {
            consensus.revalidated(learner, sessionId, false);
        } else if (session.isClosing()) {
            // It has ended when that is committed, and not before.
            late.computeIfAbsent(sessionId, unused -> new ArrayList<>()).add(learner);
        } else {
            owners.put(sessionId, learner);
            session.timeoutMillis(timeoutMillis);
            expiry.touch(sessionId, timeoutMillis, clock.monotonicMillis());
            letGo(session);
            consensus.revalidated(learner, sessionId, true);
        }
    }

    private void letGo(Session<ClientConnection> session) {
        ClientConnection before = session.connection();
        if (before != null) {
            before.letGo();
            session.detach(before);
            replies.close(before);
        }
    }

    /** A session goes on at this server. */
    void isHere(long sessionId) {
        if (!role.isAlone()) {
            owners.put(sessionId, HERE);
        }
    }

    /** A session has ended. */
    void ended(long sessionId) {
        owners.remove(sessionId);
        List<Long> learners = late.remove(sessionId);
        if (learners != null) {
            learners.forEach(learner -> consensus.revalidated(learner, sessionId, false));
        }
    }

    /** Another role: learners ask somebody else. */
    void end() {
        waiting.clear();
        owners.clear();
        opening.clear();
        late.clear();
    }
}
