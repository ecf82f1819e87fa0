package io.zookit.simulator;

import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import io.zookit.model.Zxid;
import io.zookit.session.Session;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.Snapshot;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.simulator.world.Chance;
import io.zookit.tree.Outcome;
import io.zookit.tree.PendingTree;
import io.zookit.tree.TreeListener;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.TxnCodec;
import io.zookit.zab.MembershipChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one process: it logs what it is given, applies what is committed, and as a leader makes transactions of what
 * clients ask. Like the real one it begins with the state of the newest snapshot and the whole log, committed or not.
 */
final class Replica {
    private final World world;
    private final SimulatedServer server;
    private final ServerProcess process;
    private final Mutant mutant;
    private final Clients clients;
    private final Snapshots snapshots;
    private final SessionWatch watch = new SessionWatch();
    private final Set<Long> closing = new HashSet<>();

    private ReplicatedState state;
    private PendingTree pending;
    private Preparation preparation;

    /** Logged, not applied. */
    private final Deque<StoredTxn> unapplied = new ArrayDeque<>();
    /** In the state because the log was replayed, and not known to be committed. */
    private final Deque<Replayed> replayed = new ArrayDeque<>();

    private PeerState role = PeerState.LOOKING;
    private long committedZxid;
    private long reportedZxid;
    private long lastProposed;

    private record Replayed(StoredTxn txn, long previousZxid, long digest) {}

    Replica(World world, SimulatedServer server, ServerProcess process, Chance chance) {
        this.world = world;
        this.server = server;
        this.process = process;
        snapshots = new Snapshots(world, process, this, chance);
        mutant = world.options.mutant();
        clients = new Clients(world, server, process, this);
        state = emptyState();
        pending = new PendingTree(state.tree());
        preparation = new Preparation(pending, mutant);
    }

    ReplicatedState emptyState() {
        // A mistake that all servers make alike would be no difference between them.
        boolean odd = server.id() % 2 == 1;
        boolean spared = mutant == Mutant.APPLY_SKIPS_ONE && !odd;
        return new ReplicatedState(world.options.hashSalt(), spared ? Mutant.NONE : mutant);
    }

    ReplicatedState state() {
        return state;
    }

    Clients clients() {
        return clients;
    }

    PeerState role() {
        return role;
    }

    boolean isServing() {
        return role != PeerState.LOOKING;
    }

    /** The newest transaction that was applied and is known to be committed. */
    long reportedZxid() {
        return reportedZxid;
    }

    /** The newest transaction that was logged, durable or not. */
    long newestZxid() {
        StoredTxn last = unapplied.peekLast();
        return last == null ? state.lastZxid() : last.zxid();
    }

    /** Builds the state from snapshot and log. */
    void recover() {
        unapplied.clear();
        replayed.clear();
        state = emptyState();
        pending = new PendingTree(state.tree());
        preparation = new Preparation(pending, mutant);
        Snapshot snapshot = process.storage().snapshot();
        if (snapshot != null) {
            state.load(snapshot.zxid(), snapshot.state());
            world.checkers.loaded(server, snapshot.zxid(), state.tree().digest());
        }
        reportedZxid = state.lastZxid();
        for (StoredTxn txn : process.storage().after(state.lastZxid())) {
            long previous = state.lastZxid();
            state.apply(txn, TreeListener.NONE);
            replayed.addLast(new Replayed(txn, previous, state.tree().digest()));
        }
        report(committedZxid);
        if (mutant == Mutant.SNAPSHOT_OF_UNCOMMITTED_STATE && !replayed.isEmpty()) {
            snapshots.save();
        }
    }

    void appended(StoredTxn txn) {
        unapplied.addLast(txn);
        if (mutant == Mutant.APPLIED_BEFORE_COMMIT) {
            apply(unapplied.removeFirst());
        }
    }

    void truncated(long zxid) {
        while (!unapplied.isEmpty() && unapplied.getLast().zxid() > zxid) {
            unapplied.removeLast();
        }
    }

    void installed(long zxid, byte[] image) {
        unapplied.clear();
        replayed.clear();
        state = emptyState();
        pending = new PendingTree(state.tree());
        preparation = new Preparation(pending, mutant);
        state.load(zxid, image);
        reportedZxid = zxid;
        world.checkers.loaded(server, zxid, state.tree().digest());
    }

    void commit(long zxid) {
        committedZxid = Math.max(committedZxid, zxid);
        report(zxid);
        while (!unapplied.isEmpty() && unapplied.getFirst().zxid() <= zxid) {
            apply(unapplied.removeFirst());
        }
        if (replayed.isEmpty()) {
            snapshots.saveIfDue();
        }
        long applied = state.lastZxid();
        process.enter(() -> process.node().applied(applied));
    }

    /** What was replayed from the log is known to be committed, up to a transaction. */
    private void report(long zxid) {
        while (!replayed.isEmpty() && replayed.getFirst().txn().zxid() <= zxid) {
            Replayed next = replayed.removeFirst();
            reportedZxid = next.txn().zxid();
            world.checkers.applied(server, next.previousZxid(), next.txn(), next.digest());
        }
    }

    private void apply(StoredTxn txn) {
        long previous = state.lastZxid();
        clients.beginApply();
        Outcome outcome = state.apply(txn, clients);
        pending.applied(txn.zxid());
        reportedZxid = txn.zxid();
        snapshots.applied();
        world.trace(server.id(), "applies", txn.zxid(), state.tree().digest());
        world.checkers.applied(server, previous, txn, state.tree().digest());
        clients.applied(txn, outcome);
    }

    /** Whether the state holds nothing but what is known to be committed. */
    boolean isCommitted() {
        return replayed.isEmpty() && state.lastZxid() <= committedZxid;
    }

    /** A snapshot of committed transactions only, {@code null} when there is none so new. */
    @Nullable
    Snapshot snapshotToSend(long atLeast) {
        return snapshots.toSend(atLeast);
    }

    // ---- roles

    void roleChanged(PeerState newRole, long epoch) {
        role = newRole;
        pending.clear();
        closing.clear();
        clients.dropAll();
        if (newRole == PeerState.LEADING) {
            lastProposed = Zxid.of(epoch, 0);
            boolean keepTimes = mutant == Mutant.EXPIRY_NOT_RESTARTED_BY_NEW_LEADER;
            watch.restart(state, process.nowMillis(), keepTimes);
        }
    }

    void tick() {
        boolean expires = role == PeerState.LEADING
                || (mutant == Mutant.FOLLOWER_EXPIRES_SESSIONS && role == PeerState.FOLLOWING);
        if (!expires) {
            return;
        }
        for (long sessionId : watch.expired(state, process.nowMillis())) {
            Session<ClientLink> session = state.sessions().find(sessionId);
            if (session != null && closing.add(sessionId)) {
                world.trace(server.id(), "expires", sessionId, 0);
                world.checkers.expires(server, sessionId, session.timeoutMillis(), world.agenda.nowMicros());
                propose(sessionId, 0, new ClientOperation.CloseSession(), List.of());
            }
        }
    }

    // ---- what a leader is asked

    /** A learner's client wants something. */
    void requested(long link, QuorumMessage.Request request) {
        if (request.opCode() == OpCode.SYNC.code()) {
            process.node().syncFor(link);
            return;
        }
        if (request.opCode() == OpCode.RECONFIG.code()) {
            reconfigure(request.cxid(), request.body());
            return;
        }
        List<Id> identities = request.ids();
        ask(
                link,
                request.sessionId(),
                request.cxid(),
                request.opCode(),
                request.body(),
                identities == null ? List.of() : identities);
    }

    /** Somebody who may wants other members: their text. */
    private void reconfigure(int cxid, byte[] members) {
        if (role != PeerState.LEADING) {
            return;
        }
        String text = new String(members, StandardCharsets.UTF_8);
        MembershipChange.Outcome outcome = new MembershipChange(null, null, text, -1)
                .applyTo(process.node().standing(), 1, lastProposed + 1);
        if (outcome instanceof MembershipChange.Outcome.Proposable proposable) {
            byte[] data = proposable.membership().text().getBytes(StandardCharsets.UTF_8);
            propose(0, cxid, new Txn.SetData(OpCode.RECONFIG, ZnodePath.CONFIG, data, -1));
        } else if (outcome instanceof MembershipChange.Outcome.Refused refused) {
            world.trace(server.id(), "reconfiguration refused", refused.error().code(), 0);
            propose(0, cxid, Preparation.rejected(refused.error()));
        }
    }

    /** The same at this server, wherever the leader is. */
    void changeMembers(int cxid, byte[] members) {
        if (role == PeerState.LEADING) {
            reconfigure(cxid, members);
        } else {
            process.node().forward(new QuorumMessage.Request(0, cxid, OpCode.RECONFIG.code(), members, List.of()));
        }
    }

    /** Somebody's client wants something: exactly one transaction comes of it. Returns its zxid, 0 when it is not proposed. */
    long ask(long link, long sessionId, int cxid, int opCode, byte[] body, List<Id> identities) {
        if (opCode == OpCode.CREATE_SESSION.code()) {
            watch.ownedBy(sessionId, link);
            touch(sessionId);
            return propose(
                    sessionId, cxid, new Txn.CreateSession(JuteReader.of(body).readInt()));
        }
        Session<ClientLink> session = state.sessions().find(sessionId);
        if (session == null || closing.contains(sessionId)) {
            return propose(sessionId, cxid, Preparation.rejected(ErrorCode.SESSION_EXPIRED));
        }
        if (watch.isElsewhere(sessionId, link)) {
            world.trace(server.id(), "session moved", sessionId, link);
            return propose(sessionId, cxid, Preparation.rejected(ErrorCode.SESSION_MOVED));
        }
        touch(sessionId);
        ClientOperation operation = ClientOperation.of(opCode, body);
        if (operation instanceof ClientOperation.CloseSession) {
            closing.add(sessionId);
        }
        return propose(sessionId, cxid, operation, identities);
    }

    private long propose(long sessionId, int cxid, ClientOperation operation, List<Id> identities) {
        if (role != PeerState.LEADING) {
            return 0;
        }
        TxnHeader header = header(sessionId, cxid);
        return propose(header, preparation.prepare(operation, header, identities));
    }

    private long propose(long sessionId, int cxid, Txn txn) {
        return role == PeerState.LEADING ? propose(header(sessionId, cxid), txn) : 0;
    }

    private TxnHeader header(long sessionId, int cxid) {
        return new TxnHeader(sessionId, cxid, lastProposed + 1, server.clock().wallMillis());
    }

    private long propose(TxnHeader header, Txn txn) {
        int before = pending.mark();
        pending.add(header, txn);
        JuteWriter writer = new JuteWriter(96);
        TxnCodec.write(writer, header, txn, pending.digest());
        StoredTxn proposal = new StoredTxn(header.zxid(), writer.toByteArray());
        world.checkers.proposes(server, proposal);
        if (txn instanceof Txn.SetData set && set.type() == OpCode.RECONFIG) {
            world.trace.say("proposes members " + new String(set.data(), StandardCharsets.UTF_8).replace("\n", " "));
        }
        if (!process.node().propose(proposal.zxid(), proposal.record())) {
            pending.rollback(before);
            return 0;
        }
        lastProposed = header.zxid();
        return header.zxid();
    }

    private void touch(long sessionId) {
        watch.touch(sessionId, process.nowMillis());
        world.checkers.touched(server, sessionId, world.agenda.nowMicros());
    }

    void learnerTouched(List<QuorumMessage.TouchedSession> sessions) {
        for (QuorumMessage.TouchedSession session : sessions) {
            touch(session.sessionId());
        }
    }

    void learnerAsks(long link, long sessionId) {
        boolean valid = mayGoOn(sessionId);
        if (valid) {
            watch.ownedBy(sessionId, link);
            touch(sessionId);
        }
        process.node().revalidated(link, sessionId, valid);
    }

    private boolean mayGoOn(long sessionId) {
        return state.sessions().find(sessionId) != null && !closing.contains(sessionId);
    }

    // ---- what clients of this server ask

    /** A client of this server showed itself. */
    void clientTouched(long sessionId) {
        Session<ClientLink> session = state.sessions().find(sessionId);
        if (role == PeerState.LEADING) {
            touch(sessionId);
        } else if (session != null && isServing()) {
            process.node().touched(sessionId, session.timeoutMillis());
        }
    }

    /** Goes on with a session here: at once as the leader, after asking the leader otherwise. */
    void revalidate(long sessionId, int timeoutMillis) {
        if (role == PeerState.LEADING) {
            boolean valid = mayGoOn(sessionId);
            if (valid) {
                watch.ownedBy(sessionId, 0);
                touch(sessionId);
            }
            revalidated(sessionId, valid);
        } else {
            process.node().revalidate(sessionId, timeoutMillis);
        }
    }

    void revalidated(long sessionId, boolean valid) {
        clients.revalidated(sessionId, valid);
    }

    /** Hands a write on: to itself as the leader, to the leader otherwise. Returns the zxid where it is known already. */
    long submit(long sessionId, int cxid, int opCode, byte[] body, List<Id> identities) {
        if (role == PeerState.LEADING) {
            return ask(0, sessionId, cxid, opCode, body, identities);
        }
        process.node()
                .forward(new QuorumMessage.Request(
                        sessionId, cxid, opCode, body, opCode == OpCode.CREATE_SESSION.code() ? null : identities));
        return 0;
    }

    void sync(long sessionId, int cxid) {
        if (role == PeerState.LEADING) {
            process.node().sync();
        } else {
            process.node()
                    .forward(new QuorumMessage.Request(sessionId, cxid, OpCode.SYNC.code(), new byte[0], List.of()));
        }
    }

    void synced() {
        clients.synced();
    }

    /** A session is over, as everybody knows. */
    void sessionEnded(long sessionId) {
        watch.forget(sessionId);
        closing.remove(sessionId);
    }

    void die(boolean powerIsLost) {
        clients.die(powerIsLost);
    }

    @Override
    public String toString() {
        return "serves as " + role + ", applied " + Zxid.text(reportedZxid) + " of " + Zxid.text(newestZxid());
    }
}
