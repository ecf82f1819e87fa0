package io.zookit.pipeline;

import com.lmax.disruptor.RingBuffer;
import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.AccessControl;
import io.zookit.pipeline.operation.Operations;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.operation.RequestLimits;
import io.zookit.pipeline.operation.WriteOperation;
import io.zookit.pipeline.words.Words;
import io.zookit.session.SessionIds;
import io.zookit.session.SessionPasswords;
import io.zookit.session.SessionTable;
import io.zookit.tree.DataTree;
import io.zookit.tree.TreeOptions;
import io.zookit.wire.ConnectRequest;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** The steps around sessions of server 1, stepped by hand: without threads, and with a consensus that only listens. */
final class SessionWorld {
    static final int TIMEOUT_MILLIS = 500;

    final HandClock clock = new HandClock(10_000);
    final RecordingConsensus consensus = new RecordingConsensus();
    final ServerRole role = new ServerRole(false);
    final SessionPasswords passwords = SessionPasswords.compatible();
    final ReplicaState state = new ReplicaState(new DataTree(new TreeOptions(false, false)), new SessionTable<>(), 0);
    final ReplyStage replies;
    final AnswerStep answers;
    final LearnerStep learner;
    final LeaderStep leader;
    final LocalSessionStep localSessions;
    final SessionStep sessions;
    final ApplyStage apply;
    final ProposeStage propose;
    private final TransactionStep transactions;
    private final Operations operations = new Operations();

    SessionWorld() {
        this(NewSessions.GLOBAL);
    }

    SessionWorld(NewSessions kind) {
        Statistics statistics = new Statistics();
        PipelineOptions options = DecodeStageTest.options();
        LimitBites bites = new LimitBites(clock);
        ExactExpiry expiry = new ExactExpiry();
        SessionIds ids = new SessionIds(1, 1);
        RingBuffer<RequestEvent> ring = RingBuffer.createMultiProducer(RequestEvent::new, 4);
        Turns turns = new Turns(() -> {}, Runnable::run);
        DecodeStage decode = new DecodeStage(
                ring,
                operations,
                new Words(Set.of()),
                new AuthenticateStage(ring, turns, Map.of(), List.of(), clock, 1_000, Thread::new),
                role,
                clock,
                options,
                bites);
        AccessControl access = new AccessControl(Map.of(), true);
        RequestLimits limits = new RequestLimits(0, 0, false, bites);
        replies = new ReplyStage(statistics, 1 << 20);
        answers = new AnswerStep(state, access, replies, decode, statistics, limits);
        propose = new ProposeStage(
                consensus, state, clock, 100, false, new Logged(0, 0), new RecordRing(0), statistics, 0);
        transactions = new TransactionStep(state, access, limits, false, consensus::changeMembers);
        learner = new LearnerStep(state, consensus, propose, answers, role, clock);
        leader = new LeaderStep(state, consensus, propose, transactions, replies, expiry, ids, kind, role, clock);
        localSessions = new LocalSessionStep(
                state, role, kind, expiry, ids, learner, leader, propose, answers, replies, statistics);
        sessions = new SessionStep(
                state,
                role,
                learner,
                leader,
                localSessions,
                expiry,
                ids,
                passwords,
                propose,
                replies,
                statistics,
                options(options),
                bites,
                new TokenBucket(ConnectionRate.UNLIMITED, new Random(1)));
        apply = new ApplyStage(state, propose, answers, sessions, access, statistics, new DigestLog(true, true));
        turn();
    }

    /** With a timeout that sessions can live with. */
    private static PipelineOptions options(PipelineOptions some) {
        return new PipelineOptions(
                some.requestRingSize(),
                some.logRingSize(),
                some.frameBytesMax(),
                some.bytesInFlightMax(),
                some.pendingBytesMax(),
                TIMEOUT_MILLIS,
                TIMEOUT_MILLIS,
                some.handshakeTimeoutMillis(),
                some.authTimeoutMillis(),
                some.connectionsPerAddressMax(),
                some.connectionsMax(),
                some.snapshots(),
                some.snapshotsRetained(),
                some.skipAcl(),
                some.extendedTypes(),
                some.digest(),
                some.reconfigEnabled(),
                some.sweep(),
                some.ensemble(),
                some.limits(),
                some.words(),
                some.description());
    }

    /** A client's connection. */
    static final class Client {
        final SilentConnection transport = new SilentConnection();
        final ClientConnection connection =
                new ClientConnection(transport, new ReplyStage(new Statistics(), 1 << 20), List.of(), 0);

        long sessionId() {
            return connection.sessionId();
        }
    }

    void turn() {
        sessions.turnBegins(clock.monotonicMillis());
    }

    /** A client with a new session, as far as this server gives one at once. */
    Client open() {
        return connect(0, new byte[0]);
    }

    /** A client that wants to go on with a session and knows its password. */
    Client resume(long sessionId) {
        return connect(sessionId, passwords.password(sessionId));
    }

    Client connect(long sessionId, byte[] password) {
        Client client = new Client();
        sessions.connect(
                client.connection,
                new ConnectRequest(0, 0, TIMEOUT_MILLIS, sessionId, password, true, role.readsOnly()));
        return client;
    }

    /** The connection of a client is gone. */
    void lose(Client client) {
        client.connection.markClosed();
        sessions.disconnected(client.connection);
    }

    /** Time passes, and nobody says anything. */
    void pass(long millis) {
        clock.forward(millis);
        turn();
        sessions.expire();
    }

    /** A client has shown itself. */
    void heard(Client client) {
        sessions.heard(client.connection);
        sessions.touchHeard();
    }

    private static RequestFacts facts(WriteOperation<?> operation, Request request) {
        return new RequestFacts(1, operation, request, 0, 0);
    }

    private WriteOperation<?> operation(OpCode code) {
        return (WriteOperation<?>) Objects.requireNonNull(operations.find(code.code()));
    }

    /** The body of a request to create a znode. */
    static byte[] create(String path, boolean ephemeral) {
        JuteWriter body = new JuteWriter(64);
        body.writeString(path);
        body.writeBuffer(new byte[0]);
        body.writeAcls(Acl.OPEN_UNSAFE);
        body.writeInt(ephemeral ? 1 : 0);
        return body.toByteArray();
    }

    /** A client asks for a write; whether it was settled without anybody else. */
    boolean write(Client client, OpCode code, byte[] body) {
        WriteOperation<?> operation = operation(code);
        RequestFacts facts = facts(operation, operation.decode(JuteReader.of(body)));
        if (localSessions.settles(client.connection, operation, facts)) {
            return true;
        }
        if (role.forwards()) {
            learner.forward(client.connection, facts, code.code(), body);
        } else {
            var header = propose.nextHeader(client.sessionId(), facts.xid());
            Txn txn = transactions.prepare(client.connection.session(), operation, facts.request(), header, List.of());
            propose.propose(header, txn, client.connection, facts);
        }
        return false;
    }

    /** Everything that was proposed is committed. */
    void commit() {
        apply.applyUpTo(propose.lastZxid());
    }
}
