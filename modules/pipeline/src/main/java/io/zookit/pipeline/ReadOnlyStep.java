package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.pipeline.ClientConnection.Phase;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.Refusal;
import io.zookit.session.Session;
import io.zookit.session.SessionIds;
import io.zookit.session.SessionPasswords;
import io.zookit.session.SessionTable;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.wire.ConnectRequest;
import io.zookit.wire.ConnectResponse;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves clients that want to read only while there has been no leader for some time: from what this server has, which may be old.
 * Their sessions are this server's alone and end with the mode (client protocol, read-only). Runs on the owner of the state.
 */
final class ReadOnlyStep {
    private static final Logger LOG = LoggerFactory.getLogger(ReadOnlyStep.class);

    private final ServerRole role;
    private final SessionExpiry expiry;
    private final SessionIds ids;
    private final SessionPasswords passwords;
    private final ReplyStage replies;
    private final AnswerStep answers;
    private final int afterMillis;

    private final SessionTable<ClientConnection> sessions = new SessionTable<>();
    private final ArrayDeque<Long> expired = new ArrayDeque<>();
    private long beginMillis = Long.MAX_VALUE;
    private long nowMillis;

    /**
     * @param afterMillis how long there has to be no leader, {@link EnsembleOptions#NEVER} for without end
     */
    ReadOnlyStep(
            ServerRole role,
            SessionExpiry expiry,
            SessionIds ids,
            SessionPasswords passwords,
            ReplyStage replies,
            AnswerStep answers,
            int afterMillis) {
        this.role = role;
        this.expiry = expiry;
        this.ids = ids;
        this.passwords = passwords;
        this.replies = replies;
        this.answers = answers;
        this.afterMillis = afterMillis;
    }

    /** There is no leader from now on. */
    void lookingSince(long millis) {
        if (!role.isAlone() && afterMillis != EnsembleOptions.NEVER) {
            beginMillis = millis + afterMillis;
        }
    }

    /** A turn takes place: the mode may begin, and sessions in it may end. */
    void work(long millis) {
        nowMillis = millis;
        if (millis >= beginMillis) {
            beginMillis = Long.MAX_VALUE;
            role.readOnly(true);
            LOG.warn("there is no leader: clients that want to read only are served, others are not");
        }
        if (role.readsOnly() && millis >= expiry.nextDeadlineMillis()) {
            expiry.expired(millis, expired::add);
            while (!expired.isEmpty()) {
                expire(expired.remove());
            }
        }
    }

    private void expire(long sessionId) {
        Session<ClientConnection> session = sessions.remove(sessionId);
        ClientConnection connection = session == null ? null : session.connection();
        if (connection != null) {
            replies.close(connection);
        }
    }

    /** When {@link #work} is needed next, in milliseconds of the monotonic clock. */
    long nextDeadlineMillis() {
        return role.readsOnly() ? expiry.nextDeadlineMillis() : beginMillis;
    }

    /**
     * The mode ends, or does not begin any more. The caller lets the clients go.
     *
     * @return whether it had begun
     */
    boolean end() {
        boolean begun = role.readsOnly();
        role.readOnly(false);
        beginMillis = Long.MAX_VALUE;
        sessions.forEach(session -> expiry.remove(session.id()));
        sessions.clear();
        return begun;
    }

    /** A connection asks for a session. One that is known to the whole ensemble cannot go on here. */
    void connect(ClientConnection connection, ConnectRequest request, int timeoutMillis) {
        if (request.sessionId() == 0) {
            attach(connection, sessions.add(ids.next(), timeoutMillis));
            return;
        }
        Session<ClientConnection> session = sessions.find(request.sessionId());
        if (session == null || !passwords.matches(session.id(), request.password())) {
            replies.close(connection);
        } else {
            session.timeoutMillis(timeoutMillis);
            attach(connection, session);
        }
    }

    private void attach(ClientConnection connection, Session<ClientConnection> session) {
        ClientConnection before = session.attach(connection);
        if (before != null && before != connection) {
            replies.close(before);
        }
        connection.session(session);
        expiry.touch(session.id(), session.timeoutMillis(), nowMillis);
        replies.connected(
                connection,
                new ConnectResponse(session.timeoutMillis(), session.id(), passwords.password(session.id()), true));
        connection.phase(Phase.OPEN);
        connection.transport().resumeReading();
    }

    /** Refuses what would change something, and what needs a leader. The end of a session of this mode concerns nobody else. */
    void refuse(ClientConnection connection, Operation<?> operation, RequestFacts facts) {
        boolean ends = operation.code() == OpCode.CLOSE_SESSION;
        ErrorCode error = ends ? ErrorCode.OK : ErrorCode.NOT_READ_ONLY;
        answers.answerOrWait(connection, facts.refused(new Refusal(operation.code(), error)), InFlight.AT_FRONT);
        if (ends) {
            expiry.remove(connection.sessionId());
            sessions.remove(connection.sessionId());
            replies.close(connection);
        }
    }

    /** Sessions of this mode; the ensemble does not know them. */
    int sessionCount() {
        return sessions.size();
    }
}
