package io.zookit.consensus.zab;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import io.zookit.model.Zxid;
import io.zookit.spi.PeerSockets;
import io.zookit.spi.consensus.EnsembleReplica;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.consensus.TouchedSession;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.tree.DataTree;
import io.zookit.tree.SnapshotWalk;
import io.zookit.tree.TreeListener;
import io.zookit.tree.TreeLoader;
import io.zookit.tree.TreeOptions;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A replicated tree with as little around it as can be: it recovers, applies what is committed, and makes a transaction of each
 * forwarded request without asking whether it may.
 */
final class TinyServer implements EnsembleReplica, AutoCloseable {
    private static final int SYNC = 9;

    private final Storage storage;
    private final ServerSurroundings surroundings;
    private final ZabConsensus consensus;
    private final LogThread log;
    private final Thread logThread;
    private final Map<Long, Integer> sessions = new TreeMap<>();

    /** Logged, and not known to be committed. */
    private final TreeMap<Long, byte[]> inFlight = new TreeMap<>();

    private DataTree tree = new DataTree(new TreeOptions(true, true));
    private Role role = Role.LOOKING;
    private long applied;
    private long proposed;
    private int reloads;
    private int synced;
    private final List<TouchedSession> touched = new ArrayList<>();
    private @Nullable String stopped;
    private String members = "";

    TinyServer(Storage storage, ServerSurroundings surroundings, PeerSockets sockets) {
        this.storage = storage;
        this.surroundings = surroundings;
        storage.open();
        consensus = new ZabConsensus(surroundings, EnsembleSettings.of(surroundings), sockets);
        log = new LogThread(storage.log(), consensus::logged);
        logThread = surroundings.threads("log").newThread(log);
        recover();
    }

    void start() {
        logThread.start();
        consensus.start(this, applied);
    }

    ZabConsensus consensus() {
        return consensus;
    }

    // ---- state

    private void recover() {
        tree = new DataTree(new TreeOptions(true, true));
        sessions.clear();
        inFlight.clear();
        applied = 0;
        List<Long> snapshots = storage.snapshots().zxids();
        if (!snapshots.isEmpty()) {
            applied = snapshots.get(0);
            TreeLoader loader = tree.startLoad();
            storage.snapshots().read(applied, new Loading(loader));
            loader.finish(applied);
        }
        try (LogReader reader = storage.log().read(applied)) {
            while (reader.next()) {
                apply(reader.zxid(), reader.record());
            }
        }
    }

    private void apply(long zxid, ByteBuffer record) {
        LoggedTxn logged = TxnCodec.read(new JuteReader(record));
        tree.apply(logged.header(), logged.txn(), TreeListener.NONE);
        if (logged.txn() instanceof Txn.CreateSession open) {
            sessions.put(logged.header().sessionId(), open.timeoutMillis());
            consensus.touched(logged.header().sessionId(), open.timeoutMillis());
        } else if (logged.txn() instanceof Txn.CloseSession) {
            sessions.remove(logged.header().sessionId());
        }
        applied = zxid;
    }

    private final class Loading implements SnapshotSink {
        private final TreeLoader loader;

        Loading(TreeLoader loader) {
            this.loader = loader;
        }

        @Override
        public void session(long id, int timeoutMillis) {
            sessions.put(id, timeoutMillis);
        }

        @Override
        public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            loader.load(path, data, acl, stat);
        }

        @Override
        public void end(@Nullable Long digest) {
            // Compared elsewhere.
        }
    }

    synchronized void snapshot() {
        try (SnapshotWriter writer = storage.snapshots().write(applied)) {
            sessions.forEach(writer::session);
            SnapshotWalk walk = tree.startWalk((path, content, offset, length, acl, stat) -> writer.node(
                    path,
                    length < 0 ? null : ByteBuffer.wrap(content, offset, length).slice(),
                    acl,
                    stat));
            while (!walk.step(1000)) {
                Thread.onSpinWait();
            }
            writer.end(tree.digest());
        }
    }

    // ---- what tests do and see

    synchronized boolean create(String path) {
        if (role != Role.LEADING) {
            return false;
        }
        propose(0, 0, create(path, new byte[0], false));
        return true;
    }

    /** Asks this server, which leads, for other members. */
    synchronized MembershipAnswer reconfigure(MembershipRequest request) {
        MembershipAnswer answer = consensus.changeMembers(request, proposed + 1);
        if (answer instanceof MembershipAnswer.Proposable proposable) {
            propose(0, 0, membersTxn(proposable));
        }
        return answer;
    }

    private static Txn membersTxn(MembershipAnswer.Proposable answer) {
        byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
        return new Txn.SetData(OpCode.RECONFIG, ZnodePath.CONFIG, text, -1);
    }

    private static Txn create(String path, byte @Nullable [] data, boolean ephemeral) {
        return new Txn.Create(OpCode.CREATE, path, data, Acl.OPEN_UNSAFE, ephemeral, 0, -1);
    }

    private void propose(long sessionId, int cxid, Txn txn) {
        proposed++;
        consensus.propose(proposed, record(new TxnHeader(sessionId, cxid, proposed, 1), txn));
    }

    static byte[] record(TxnHeader header, Txn txn) {
        JuteWriter writer = new JuteWriter(64);
        TxnCodec.write(writer, header, txn, null);
        return writer.toByteArray();
    }

    synchronized boolean has(String path) {
        return tree.find(path) != null;
    }

    synchronized Role role() {
        return role;
    }

    synchronized long appliedZxid() {
        return applied;
    }

    synchronized long digest() {
        return tree.digest();
    }

    synchronized int reloads() {
        return reloads;
    }

    synchronized int syncedCount() {
        return synced;
    }

    synchronized List<TouchedSession> touchedSessions() {
        return List.copyOf(touched);
    }

    /** What the consensus last said of the members. */
    synchronized String members() {
        return members;
    }

    synchronized @Nullable String stopReason() {
        return stopped;
    }

    ServerSurroundings surroundings() {
        return surroundings;
    }

    // ---- what the consensus asks for

    @Override
    public synchronized void roleChanged(Role changed, long epoch) {
        role = changed;
        proposed = Zxid.of(epoch, 0);
    }

    @Override
    public synchronized void log(long zxid, byte[] record) {
        inFlight.put(zxid, record);
        log.append(zxid, record);
    }

    @Override
    public synchronized void committed(long zxid) {
        while (!inFlight.isEmpty() && inFlight.firstKey() <= zxid) {
            Map.Entry<Long, byte[]> next = inFlight.pollFirstEntry();
            apply(next.getKey(), ByteBuffer.wrap(next.getValue()));
        }
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public void afterLog(Runnable work) {
        log.after(work);
    }

    @Override
    public synchronized void reload() {
        recover();
        reloads++;
        consensus.stateReloaded();
    }

    @Override
    public void takeSnapshot(long atLeastZxid) {
        snapshot();
        consensus.snapshotTaken();
    }

    @Override
    public synchronized void requested(long learner, ForwardedRequest request) {
        if (request.opCode() == SYNC) {
            consensus.syncFor(learner);
        } else {
            propose(request.sessionId(), request.cxid(), txn(request));
        }
    }

    private Txn txn(ForwardedRequest request) {
        JuteReader body = JuteReader.of(request.body());
        if (request.opCode() == OpCode.CREATE_SESSION.code()) {
            return new Txn.CreateSession(body.readInt());
        } else if (request.opCode() == OpCode.CLOSE_SESSION.code()) {
            return new Txn.CloseSession(List.copyOf(tree.ephemerals(request.sessionId())));
        } else if (request.opCode() == OpCode.RECONFIG.code()) {
            MembershipAnswer answer = consensus.changeMembers(
                    new MembershipRequest(body.readString(), body.readString(), body.readString(), body.readLong()),
                    proposed + 1);
            return answer instanceof MembershipAnswer.Proposable proposable
                    ? membersTxn(proposable)
                    : new Txn.Rejected(
                            ((MembershipAnswer.Refused) answer).error().code());
        }
        String path = body.readRequiredString();
        byte[] data = body.readBuffer();
        body.readAcls();
        return create(path, data, (body.readInt() & 1) != 0);
    }

    @Override
    public synchronized void synced() {
        synced++;
    }

    @Override
    public synchronized void touched(long learner, List<TouchedSession> shown) {
        touched.addAll(shown);
    }

    @Override
    public synchronized void revalidate(long learner, long sessionId, int timeoutMillis) {
        consensus.revalidated(learner, sessionId, sessions.containsKey(sessionId));
    }

    @Override
    public void revalidated(long sessionId, boolean valid) {
        // There are no clients.
    }

    @Override
    public synchronized void membershipChanged(String text) {
        members = text;
    }

    @Override
    public synchronized void stopped(String reason) {
        stopped = reason;
    }

    @Override
    public void close() {
        consensus.close();
        log.stop();
        while (logThread.isAlive()) {
            try {
                logThread.join();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
        storage.close();
    }
}
