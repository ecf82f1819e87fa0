package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.pipeline.ClientConnection.Phase;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.RequestEvent.Kind;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.Refusal;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.operation.WriteOperation;
import io.zookit.session.Session;
import io.zookit.wire.ConnectRequest;
import io.zookit.wire.Xid;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PREPARE: takes the events of the request ring. A read is answered at once unless something of the same connection is still
 * unanswered; a write is checked against the state after everything proposed, and proposed at once. Runs on the owner of the state.
 */
final class PrepareStage {
    private final ServerRole role;
    private final TransactionStep transactions;
    private final LearnerStep learner;
    private final ProposeStage propose;
    private final AnswerStep answers;
    private final ReplyStage replies;
    private final SessionStep sessions;
    private final WordStep words;
    private final Statistics statistics;
    private final AdmitStep admit;
    private final ReadOnlyStep readOnly;
    private final LocalSessionStep localSessions;

    PrepareStage(
            ServerRole role,
            TransactionStep transactions,
            LearnerStep learner,
            ProposeStage propose,
            AnswerStep answers,
            ReplyStage replies,
            SessionStep sessions,
            WordStep words,
            Statistics statistics,
            AdmitStep admit,
            ReadOnlyStep readOnly,
            LocalSessionStep localSessions) {
        this.role = role;
        this.transactions = transactions;
        this.learner = learner;
        this.propose = propose;
        this.answers = answers;
        this.replies = replies;
        this.sessions = sessions;
        this.words = words;
        this.statistics = statistics;
        this.admit = admit;
        this.readOnly = readOnly;
        this.localSessions = localSessions;
    }

    /** Takes one event. The caller has checked that a transaction may be proposed. */
    void take(RequestEvent event) {
        ClientConnection connection = event.connection();
        statistics.countReceived();
        connection.statistics().countReceived();
        sessions.heard(connection);
        if (admit.needsProof(connection) && asks(event)) {
            admit.turnsAway(connection);
            turnAway(connection, event);
            return;
        }
        if (admit.drops(connection, event, answers.turnNanos()) && isRequest(event)) {
            drop(connection, event);
            return;
        }
        switch (event.kind()) {
            case REQUEST -> request(connection, event);
            case CONNECT -> connect(connection, event.connectRequest());
            case MALFORMED -> malformed(connection, event);
            case UNKNOWN -> answers.answerOrWait(connection, facts(event, null, null), InFlight.AT_FRONT);
            case AUTHENTICATED -> authenticated(connection, event);
            case WORD -> words.ask(connection, event.word());
        }
    }

    /** Whether an event is a request that is more than a step of proving who the client is. */
    private static boolean asks(RequestEvent event) {
        return switch (event.kind()) {
            case REQUEST -> event.operation().code() != OpCode.SASL;
            case MALFORMED, UNKNOWN -> true;
            case CONNECT, AUTHENTICATED, WORD -> false;
        };
    }

    private static boolean isRequest(RequestEvent event) {
        return switch (event.kind()) {
            case REQUEST, MALFORMED, UNKNOWN -> true;
            case CONNECT, AUTHENTICATED, WORD -> false;
        };
    }

    /** A request that is stale; what else the connection brings is not taken up either, so that the order stays. */
    private void drop(ClientConnection connection, RequestEvent event) {
        admit.dropped(connection);
        connection.letGo();
        replies.close(connection);
        answers.done(facts(event, null, null));
    }

    /** The reply to a client that must prove who it is first carries no zxid, and the connection is closed (client protocol, auth). */
    private void turnAway(ClientConnection connection, RequestEvent event) {
        RequestFacts facts = facts(event, event.kind() == Kind.UNKNOWN ? null : event.operation(), null);
        replies.reply(connection, facts.xid(), 0, ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH);
        replies.close(connection);
        answers.done(facts);
    }

    private void connect(ClientConnection connection, ConnectRequest request) {
        statistics.countConnectRequest();
        sessions.connect(connection, request);
    }

    private void request(ClientConnection connection, RequestEvent event) {
        Operation<?> operation = event.operation();
        RequestFacts facts = facts(event, operation, event.request());
        if (!sessions.owns(connection)) {
            // Another connection has taken the session over; whoever is behind this one gets no answer any more.
            answers.done(facts);
            return;
        }
        Refusal refusal = admit.refusal(connection, facts, operation, answers.turnNanos());
        if (refusal != null) {
            answers.answerOrWait(connection, facts.refused(refusal), InFlight.AT_FRONT);
        } else if (operation instanceof WriteOperation<?> write) {
            write(connection, write, facts, event.body());
        } else if (!isSync(operation)) {
            answers.answerOrWait(connection, facts, InFlight.AT_FRONT);
        } else if (role.readsOnly()) {
            readOnly.refuse(connection, operation, facts);
        } else if (role.isAlone()) {
            answers.answerOrWait(connection, facts, propose.lastZxid());
        } else {
            learner.sync(connection, facts, event.body());
        }
    }

    private static boolean isSync(Operation<?> operation) {
        return operation.code() == OpCode.SYNC;
    }

    /** A body that could not be decoded takes its place in the order of transactions all the same. */
    private void write(
            ClientConnection connection, WriteOperation<?> operation, RequestFacts facts, byte @Nullable [] body) {
        if (localSessions.settles(connection, operation, facts)) {
            return;
        }
        if (role.forwards()) {
            learner.forward(connection, facts, operation.code().code(), body);
            return;
        }
        if (role.readsOnly()) {
            readOnly.refuse(connection, operation, facts);
            return;
        }
        Session<ClientConnection> session = Objects.requireNonNull(connection.session(), "session");
        TxnHeader header = propose.nextHeader(session.id(), facts.xid());
        Txn txn = transactions.prepare(session, operation, facts.request(), header, connection.identities());
        propose.propose(header, txn, connection, facts);
    }

    /** A body that could not be decoded. */
    private void malformed(ClientConnection connection, RequestEvent event) {
        RequestFacts facts = facts(event, event.operation(), null);
        if (!sessions.owns(connection)) {
            return;
        }
        if (event.operation() instanceof WriteOperation<?> write) {
            write(connection, write, facts, event.body());
        } else {
            answers.answerOrWait(connection, facts, InFlight.AT_FRONT);
        }
    }

    /** The reply to an auth packet carries no zxid and does not wait for others (client protocol, auth). */
    private void authenticated(ClientConnection connection, RequestEvent event) {
        List<Id> proved = event.identities();
        if (proved == null) {
            replies.reply(connection, event.xid(), 0, ErrorCode.AUTH_FAILED);
            replies.close(connection);
            return;
        }
        List<Id> identities = new ArrayList<>(connection.identities());
        for (Id id : proved) {
            if (!identities.contains(id)) {
                identities.add(id);
            }
        }
        connection.identities(List.copyOf(identities));
        replies.reply(connection, event.xid(), 0, ErrorCode.OK);
        connection.phase(Phase.OPEN);
        connection.transport().resumeReading();
    }

    private static RequestFacts facts(RequestEvent event, @Nullable Operation<?> operation, @Nullable Request request) {
        boolean ping = operation != null && operation.code() == OpCode.PING;
        return new RequestFacts(
                ping ? Xid.PING : event.xid(), operation, request, event.receivedNanos(), event.heldBytes());
    }
}
