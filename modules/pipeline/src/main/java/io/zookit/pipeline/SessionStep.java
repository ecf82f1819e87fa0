package io.zookit.pipeline;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.pipeline.ClientConnection.Phase;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.Limit;
import io.zookit.pipeline.operation.LimitListener;
import io.zookit.session.Session;
import io.zookit.session.SessionIds;
import io.zookit.session.SessionPasswords;
import io.zookit.session.SessionTimeouts;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.wire.ConnectRequest;
import io.zookit.wire.ConnectResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens, resumes, keeps alive and expires sessions. Opening and closing are transactions like any other; this is what surrounds
 * them. Runs on the owner of the state.
 */
final class SessionStep {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStep.class);

    private final ReplicaState state;
    private final ServerRole role;
    private final LearnerStep learner;
    private final LeaderStep leader;
    private final LocalSessionStep localSessions;
    private final SessionExpiry expiry;
    private final SessionIds ids;
    private final SessionPasswords passwords;
    private final ProposeStage propose;
    private final ReplyStage replies;
    private final Statistics statistics;
    private final PipelineOptions options;
    private final LimitListener limits;
    private final TokenBucket tokens;
    private final ArrayDeque<Long> expired = new ArrayDeque<>();
    private final List<ClientConnection> heard = new ArrayList<>();
    /** Clients that want to go on with a session whose end is proposed. */
    private final Map<Long, List<ClientConnection>> late = new HashMap<>();

    private long nowMillis;

    SessionStep(
            ReplicaState state,
            ServerRole role,
            LearnerStep learner,
            LeaderStep leader,
            LocalSessionStep localSessions,
            SessionExpiry expiry,
            SessionIds ids,
            SessionPasswords passwords,
            ProposeStage propose,
            ReplyStage replies,
            Statistics statistics,
            PipelineOptions options,
            LimitListener limits,
            TokenBucket tokens) {
        this.state = state;
        this.role = role;
        this.learner = learner;
        this.leader = leader;
        this.localSessions = localSessions;
        this.expiry = expiry;
        this.ids = ids;
        this.passwords = passwords;
        this.propose = propose;
        this.replies = replies;
        this.statistics = statistics;
        this.options = options;
        this.limits = limits;
        this.tokens = tokens;
    }

    /** A turn begins; touches in it count from this time. */
    void turnBegins(long millis) {
        nowMillis = millis;
    }

    /** The server leads: every recovered session gets its full timeout, and ephemerals without a session go. */
    void begin(long millis) {
        nowMillis = millis;
        state.sessions().forEach(session -> expiry.touch(session.id(), session.timeoutMillis(), millis));
        for (long owner : state.tree().ephemeralsBySession().keySet()) {
            if (state.sessions().find(owner) == null) {
                expired.add(owner);
            }
        }
    }

    /** The role has ended: whether a session expires is somebody else's business, and ends that were on their way may never come. */
    void end() {
        expired.clear();
        localSessions.end();
        late.values().forEach(connections -> connections.forEach(replies::close));
        late.clear();
        state.sessions().forEach(session -> {
            expiry.remove(session.id());
            session.stayOpen();
        });
    }

    /** Whether requests of this connection may still act for its session. */
    boolean owns(ClientConnection connection) {
        Session<ClientConnection> session = connection.session();
        return session != null
                && !connection.isLetGo()
                && !(session.isLocal() && session.isClosing())
                && (session.connection() == connection || session.connection() == null);
    }

    /** A connection asks for a session, new or old (client protocol, connect). */
    void connect(ClientConnection connection, ConnectRequest request) {
        connection.answersReadOnlyByte(request.hasReadOnly());
        if (!serves(request)) {
            replies.close(connection);
            return;
        }
        if (request.lastZxidSeen() > Math.max(state.tree().lastZxid(), role.epochZxid())) {
            LOG.info(
                    "{} has seen zxid 0x{}, we are at 0x{}; closed, so that it finds a server as new as itself",
                    connection.peer().remoteAddress(),
                    Long.toHexString(request.lastZxidSeen()),
                    Long.toHexString(state.tree().lastZxid()));
            replies.close(connection);
            return;
        }
        if (!tokens.take(request.sessionId() != 0, nowMillis)) {
            limits.bit(
                    Limit.CONNECTION_RATE,
                    () -> connection.peer().remoteAddress() + " closed: connect requests come too fast");
            replies.close(connection);
            return;
        }
        int timeoutMillis = SessionTimeouts.negotiate(
                request.timeoutMillis(), options.sessionTimeoutMillisMin(), options.sessionTimeoutMillisMax());
        if (request.sessionId() == 0) {
            open(connection, timeoutMillis);
        } else {
            resume(connection, request, timeoutMillis);
        }
    }

    /** Whether this server, as what it is now, serves clients of this kind. */
    private boolean serves(ConnectRequest request) {
        if (!role.serves()) {
            return role.readsOnly() && request.readOnly();
        }
        return role.isAlone() || !role.leads() || options.ensemble().leaderServes();
    }

    private void open(ClientConnection connection, int timeoutMillis) {
        if (localSessions.opensLocal()) {
            begins(connection, localSessions.open(timeoutMillis));
            return;
        }
        long sessionId = ids.next();
        if (role.forwards()) {
            learner.open(connection, sessionId, timeoutMillis);
        } else {
            propose.propose(
                    propose.nextHeader(sessionId, 0),
                    new Txn.CreateSession(timeoutMillis),
                    connection,
                    RequestFacts.NONE);
        }
    }

    private void resume(ClientConnection connection, ConnectRequest request, int timeoutMillis) {
        Session<ClientConnection> local = localSessions.find(request.sessionId());
        boolean matches = passwords.matches(request.sessionId(), request.password());
        if (role.readsOnly() && (local == null || !matches)) {
            // The session may well be alive where there is a leader.
            replies.close(connection);
        } else if (!matches) {
            refuse(connection, request.sessionId());
        } else if (local != null) {
            resumeHere(connection, local, timeoutMillis);
        } else if (role.forwards()) {
            learner.resume(connection, request.sessionId(), timeoutMillis);
        } else {
            resumeByLeader(connection, request, timeoutMillis);
        }
    }

    private void resumeHere(ClientConnection connection, Session<ClientConnection> local, int timeoutMillis) {
        if (!local.isLocal()) {
            learner.awaitOpened(local.id(), connection);
        } else if (local.isClosing()) {
            refuse(connection, local.id());
        } else {
            local.timeoutMillis(timeoutMillis);
            attach(connection, local);
        }
    }

    private void resumeByLeader(ClientConnection connection, ConnectRequest request, int timeoutMillis) {
        Session<ClientConnection> session = state.sessions().find(request.sessionId());
        if (session == null && leader.isOpening(request.sessionId())) {
            learner.awaitOpened(request.sessionId(), connection);
        } else if (session == null) {
            refuse(connection, request.sessionId());
        } else if (session.isClosing()) {
            // A leader that stood still takes its clients for silent, and does not know yet that it leads no more: what
            // it proposes does not happen. A session has ended when its end is committed.
            late.computeIfAbsent(session.id(), unused -> new ArrayList<>()).add(connection);
        } else {
            session.timeoutMillis(timeoutMillis);
            attach(connection, session);
        }
    }

    private void refuse(ClientConnection connection, long sessionId) {
        LOG.info("{} may not resume session 0x{}", connection.peer().remoteAddress(), Long.toHexString(sessionId));
        replies.connected(connection, ConnectResponse.refused());
        replies.close(connection);
    }

    /** The leader says whether a client may go on with its session here. */
    void revalidated(long sessionId, boolean valid) {
        LearnerStep.Resuming client = learner.revalidated(sessionId);
        if (client == null || client.connection().isClosed()) {
            return;
        }
        Session<ClientConnection> session = state.sessions().find(sessionId);
        if (!valid) {
            refuse(client.connection(), sessionId);
        } else if (session == null) {
            learner.awaitOpened(sessionId, client.connection());
        } else {
            session.timeoutMillis(client.timeoutMillis());
            attach(client.connection(), session);
        }
    }

    /** The transaction that opens a session was applied; nobody may be waiting for it any more. */
    void opened(long sessionId, int timeoutMillis, InFlight write) {
        Session<ClientConnection> upgraded = localSessions.upgraded(sessionId);
        Session<ClientConnection> session = upgraded == null
                ? state.sessions().add(sessionId, timeoutMillis)
                : state.sessions().add(upgraded);
        if (role.leads()) {
            expiry.touch(sessionId, timeoutMillis, nowMillis);
            leader.opened(session);
        }
        ClientConnection connection = write.connection() == null ? learner.opened(sessionId) : write.connection();
        if (connection != null && !connection.isClosed()) {
            begins(connection, session);
        }
    }

    private void begins(ClientConnection connection, Session<ClientConnection> session) {
        attach(connection, session);
        connection
                .statistics()
                .answered(OpCode.CREATE_SESSION, 0, state.tree().lastZxid(), MILLISECONDS.toNanos(nowMillis), 0);
    }

    private void attach(ClientConnection connection, Session<ClientConnection> session) {
        ClientConnection before = session.attach(connection);
        if (before != null && before != connection) {
            replies.close(before);
        }
        connection.session(session);
        touch(connection);
        if (!session.isLocal()) {
            leader.isHere(session.id());
        }
        replies.connected(
                connection,
                new ConnectResponse(
                        session.timeoutMillis(), session.id(), passwords.password(session.id()), role.readsOnly()));
        connection.phase(Phase.OPEN);
        connection.transport().resumeReading();
    }

    /** The transaction that closes a session was applied. A connection that did not ask for it learns by being closed. */
    void closed(long sessionId, InFlight write) {
        expiry.remove(sessionId);
        leader.ended(sessionId);
        Session<ClientConnection> session = state.sessions().remove(sessionId);
        ClientConnection connection = session == null ? null : session.connection();
        if (connection != null && connection != write.connection()) {
            replies.close(connection);
        }
        List<ClientConnection> tooLate = late.remove(sessionId);
        if (tooLate != null) {
            tooLate.stream().filter(client -> !client.isClosed()).forEach(client -> refuse(client, sessionId));
        }
    }

    /** A connection is gone; its session stays for its timeout. */
    void disconnected(ClientConnection connection) {
        Session<ClientConnection> session = connection.session();
        if (session != null) {
            if (session.detach(connection)) {
                localSessions.disconnected(session);
            }
            learner.disconnected(connection);
        }
    }

    /** Something came from a connection. */
    void heard(ClientConnection connection) {
        if (!connection.isHeard()) {
            connection.heard(true);
            heard.add(connection);
        }
    }

    /** Keeps the sessions alive that were heard from in this turn, each touched once. */
    void touchHeard() {
        for (int i = 0; i < heard.size(); i++) {
            ClientConnection connection = heard.get(i);
            connection.heard(false);
            touch(connection);
        }
        heard.clear();
    }

    private void touch(ClientConnection connection) {
        Session<ClientConnection> session = connection.session();
        if (session == null || session.isClosing() || session.connection() != connection) {
            return;
        }
        if (session.isLocal() || role.leads()) {
            expiry.touch(session.id(), session.timeoutMillis(), nowMillis);
        } else if (role.forwards()) {
            learner.touched(session, connection);
        }
    }

    /** Ends the sessions that have been silent for too long: those of the ensemble as far as there are credits. */
    void expire() {
        if (nowMillis >= nextDeadlineMillis()) {
            expiry.expired(nowMillis, this::ended);
        }
        while (!expired.isEmpty() && propose.hasCredit()) {
            expire(expired.poll());
        }
    }

    private void ended(long sessionId) {
        if (!localSessions.expired(sessionId) && role.leads()) {
            expired.add(sessionId);
        }
    }

    private void expire(long sessionId) {
        Session<ClientConnection> session = state.findSession(sessionId);
        if (session != null) {
            if (session.isClosing()) {
                return;
            }
            session.markClosing();
            statistics.countSessionExpired();
            LOG.info("session 0x{} expired after {} ms", Long.toHexString(sessionId), session.timeoutMillis());
        }
        propose.propose(
                propose.nextHeader(sessionId, 0),
                new Txn.CloseSession(state.pending().ephemerals(sessionId)),
                null,
                RequestFacts.NONE);
    }

    /**
     * When {@link #expire} has something to do, in milliseconds of the monotonic clock. What waits for credits is not counted: the
     * commit that gives them back brings the owner round.
     */
    long nextDeadlineMillis() {
        return role.serves() || role.readsOnly() ? expiry.nextDeadlineMillis() : Long.MAX_VALUE;
    }
}
