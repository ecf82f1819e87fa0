package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.Refusal;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.operation.WriteOperation;
import io.zookit.session.Session;
import io.zookit.session.SessionIds;
import io.zookit.spi.session.SessionExpiry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is different for sessions that one server alone knows (client protocol, local sessions). No transaction begins or ends them,
 * this server alone watches over their silence, and they end with the role in which they began. Their clients write like all others;
 * the first ephemeral makes a session of the whole ensemble of theirs, or is refused. Runs on the owner of the state.
 *
 * <pre>
 *   open ──► local ──── upgrade ────► on its way ──── createSession applied ────► global, in ReplicaState.sessions
 *              │                          │
 *              └── close, silence ──► ◄───┴── the role ends
 * </pre>
 */
final class LocalSessionStep {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSessionStep.class);

    private final ReplicaState state;
    private final ServerRole role;
    private final NewSessions kind;
    private final SessionExpiry expiry;
    private final SessionIds ids;
    private final LearnerStep learner;
    private final LeaderStep leader;
    private final ProposeStage propose;
    private final AnswerStep answers;
    private final ReplyStage replies;
    private final Statistics statistics;

    /**
     * @param kind what new sessions of a member of an ensemble are
     */
    LocalSessionStep(
            ReplicaState state,
            ServerRole role,
            NewSessions kind,
            SessionExpiry expiry,
            SessionIds ids,
            LearnerStep learner,
            LeaderStep leader,
            ProposeStage propose,
            AnswerStep answers,
            ReplyStage replies,
            Statistics statistics) {
        this.state = state;
        this.role = role;
        this.kind = kind;
        this.expiry = expiry;
        this.ids = ids;
        this.learner = learner;
        this.leader = leader;
        this.propose = propose;
        this.answers = answers;
        this.replies = replies;
        this.statistics = statistics;
    }

    /** Whether a new session is a local one now: without a leader nobody else could know of it. */
    boolean opensLocal() {
        return role.readsOnly() || (!role.isAlone() && kind != NewSessions.GLOBAL);
    }

    /** Opens a session. */
    Session<ClientConnection> open(int timeoutMillis) {
        return state.localSessions().add(Session.local(ids.next(), timeoutMillis));
    }

    /**
     * The session of a client that comes back to this server: local, or on its way to become global.
     *
     * @return {@code null} when this server has none with this id: whoever leads may know it
     */
    @Nullable
    Session<ClientConnection> find(long sessionId) {
        return state.localSessions().find(sessionId);
    }

    /**
     * Looks at a write before it is ordered, and does what is to be done because its session is local.
     *
     * @return whether the write is settled by that
     */
    <R extends Request> boolean settles(ClientConnection connection, WriteOperation<R> operation, RequestFacts facts) {
        Session<ClientConnection> session = connection.session();
        if (session == null || !session.isLocal()) {
            return false;
        }
        if (operation.code() == OpCode.CLOSE_SESSION) {
            session.markClosing();
            // Whoever answers this in its turn closes the connection, and with that the session goes.
            refuse(connection, facts, new Refusal(OpCode.CLOSE_SESSION, ErrorCode.OK));
            return true;
        }
        // The decoder made this request for this operation: the pair came over the ring together.
        @SuppressWarnings("unchecked")
        @Nullable
        R request = (R) facts.request();
        if (role.readsOnly() || request == null || !operation.makesEphemeral(request)) {
            return false;
        }
        if (kind == NewSessions.LOCAL_UNTIL_EPHEMERAL) {
            upgrade(session);
            return false;
        }
        refuse(connection, facts, operation.refusal(request, ErrorCode.EPHEMERAL_ON_LOCAL_SESSION));
        return true;
    }

    private void refuse(ClientConnection connection, RequestFacts facts, Refusal refusal) {
        answers.answerOrWait(connection, facts.refused(refusal), InFlight.AT_FRONT);
    }

    /** Has the whole ensemble know a session, before anything that follows. Its id, password and connection stay. */
    private void upgrade(Session<ClientConnection> session) {
        LOG.debug("session 0x{} becomes known to the ensemble", Long.toHexString(session.id()));
        session.becomeGlobal();
        if (role.forwards()) {
            expiry.remove(session.id());
            learner.create(session.id(), session.timeoutMillis());
        } else {
            leader.opening(session);
            propose.propose(
                    propose.nextHeader(session.id(), 0),
                    new Txn.CreateSession(session.timeoutMillis()),
                    null,
                    RequestFacts.NONE);
        }
    }

    /**
     * A session is known to the whole ensemble from now on.
     *
     * @return the one that was this server's, with its connection; {@code null} when there was none
     */
    @Nullable
    Session<ClientConnection> upgraded(long sessionId) {
        Session<ClientConnection> session = state.localSessions().remove(sessionId);
        if (session != null) {
            session.becomeGlobal();
        }
        return session;
    }

    /**
     * A session was silent for its timeout.
     *
     * @return whether it was a local one, and is over with that
     */
    boolean expired(long sessionId) {
        Session<ClientConnection> session = find(sessionId);
        if (session == null || !session.isLocal()) {
            return false;
        }
        session.markClosing();
        state.localSessions().remove(sessionId);
        statistics.countSessionExpired();
        LOG.info("local session 0x{} expired after {} ms", Long.toHexString(sessionId), session.timeoutMillis());
        ClientConnection connection = session.connection();
        if (connection != null) {
            replies.close(connection);
        }
        return true;
    }

    /** The connection of a session is gone: one that was about to end is over. */
    void disconnected(Session<ClientConnection> session) {
        if (session.isLocal() && session.isClosing()) {
            expiry.remove(session.id());
            state.localSessions().remove(session.id());
        }
    }

    /** The role or the mode ends, and all local sessions with it. The caller lets the clients go. */
    void end() {
        List<Session<ClientConnection>> sessions = new ArrayList<>();
        state.localSessions().forEach(sessions::add);
        sessions.forEach(session -> expiry.remove(session.id()));
        state.localSessions().clear();
    }
}
