package io.zookit.simulator.explore;

import io.zookit.model.Zxid;
import io.zookit.simulator.check.Violation;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.Epochs;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.QuorumMessage.TouchedSession;
import io.zookit.zab.Membership;
import io.zookit.zab.ZabEffects;
import io.zookit.zab.ZabNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the servers of a {@link SmallWorld}: the real core, a {@link SmallDisk}, and for a state the list of what it has applied. */
final class SmallServer implements ZabEffects {
    private final SmallWorld world;
    private final long id;
    private final SmallDisk disk;
    private final Deque<Runnable> after = new ArrayDeque<>();
    private final List<StoredTxn> memory = new ArrayList<>();
    private @Nullable ZabNode node;
    private PeerState role = PeerState.LOOKING;
    private int applied;
    private int starts;
    private int links;
    private long offeredEpoch;
    private long proposedZxid;
    private long aheadMillis;
    private @Nullable Dial dial;

    /** A connection that is being made. */
    record Dial(long name, long target) {}

    SmallServer(SmallWorld world, long id, SmallDisk disk) {
        this.world = world;
        this.id = id;
        this.disk = disk;
    }

    long id() {
        return id;
    }

    int starts() {
        return starts;
    }

    SmallDisk disk() {
        return disk;
    }

    boolean isUp() {
        return node != null;
    }

    PeerState role() {
        return role;
    }

    @Nullable
    Dial dial() {
        return dial;
    }

    void forgetDial() {
        dial = null;
    }

    /** A name for a link that somebody else has dialed. */
    long nextLink() {
        return ++links;
    }

    /** Whether its state is all that counts, and its history no more than that. */
    boolean hasApplied(int count) {
        return applied == count && memory.size() == count;
    }

    private void require(boolean holds, String rule, String message) {
        if (!holds) {
            throw new Violation(rule, "server " + id + " " + message);
        }
    }

    // ---- life

    void start() {
        starts++;
        world.rules().starts(this);
        role = PeerState.LOOKING;
        memory.clear();
        memory.addAll(disk.txns());
        applied = 0;
        long seed = 31 * id + starts;
        ZabNode started = new ZabNode(world.settings(id), world.membership(), disk.stored(), seed, this);
        node = started;
        enter(() -> started.start(nowMillis()));
    }

    void crash(int kept) {
        node = null;
        dial = null;
        role = PeerState.LOOKING;
        after.clear();
        disk.crash(kept);
    }

    ZabNode node() {
        ZabNode running = node;
        if (running == null) {
            throw new IllegalStateException("server " + id + " is down");
        }
        return running;
    }

    /** Something happens to it, and then whatever that brings about at once. */
    void enter(Runnable event) {
        try {
            event.run();
            while (!after.isEmpty() && isUp()) {
                after.removeFirst().run();
            }
        } catch (IllegalStateException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            throw new Violation("I21", "server " + id + " threw " + e, e);
        }
    }

    // ---- time

    long nowMillis() {
        return world.nowMillis() + aheadMillis;
    }

    /** How long it is until it has to be told the time. */
    long waitMillis() {
        long deadline = node().nextDeadlineMillis();
        return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, deadline - nowMillis());
    }

    void goAhead(long millis) {
        aheadMillis += millis;
        tick();
    }

    void tick() {
        enter(() -> node().tick(nowMillis()));
    }

    // ---- what clients do

    void propose(int number) {
        long zxid = proposedZxid + 1;
        StoredTxn txn = new StoredTxn(zxid, new byte[] {(byte) number, (byte) id, (byte) starts});
        enter(() -> {
            world.rules().proposes(txn);
            if (node().propose(zxid, txn.record())) {
                proposedZxid = zxid;
            }
        });
    }

    // ---- what comes over links

    void received(long link, QuorumMessage message) {
        if (message instanceof QuorumMessage.LeaderInfo info) {
            offeredEpoch = info.epoch();
        } else if (message instanceof QuorumMessage.NewLeader newLeader
                && world.mutant() == Mutant.NEW_LEADER_ANSWERED_AT_ONCE) {
            send(link, new QuorumMessage.Ack(Zxid.of(newLeader.epoch(), 0)));
        }
        node().received(link, message);
    }

    @Override
    public void sendVote(long serverId, ElectionNotification vote) {
        world.sendVote(id, serverId, vote);
    }

    @Override
    public void connectElection(long serverId) {
        // Election ports find each other as soon as they can.
    }

    @Override
    public void connectLeader(long link, long serverId) {
        world.say(this, "dials " + serverId);
        dial = new Dial(link, serverId);
    }

    @Override
    public void send(long link, QuorumMessage message) {
        QuorumMessage sent = message;
        if (message instanceof QuorumMessage.AckEpoch ack) {
            world.rules().promises(this, offeredEpoch);
            if (world.mutant() == Mutant.LEARNER_UNDERSTATES_ITS_HISTORY && Zxid.counter(ack.lastZxid()) > 1) {
                sent = new QuorumMessage.AckEpoch(ack.lastZxid() - 1, ack.currentEpoch());
            }
        } else if (message instanceof QuorumMessage.LeaderInfo info) {
            world.rules().promises(this, info.epoch());
        } else if (message instanceof QuorumMessage.Ack ack && ack.zxid() != 0 && Zxid.counter(ack.zxid()) == 0) {
            world.rules().answers(this, Zxid.epoch(ack.zxid()));
        } else if (message instanceof QuorumMessage.NewLeader newLeader) {
            world.rules().offers(this, newLeader.epoch());
        } else if (message instanceof QuorumMessage.Proposal proposal
                && world.mutant() == Mutant.ACKNOWLEDGED_AS_SOON_AS_SENT) {
            after.add(() -> node().received(link, new QuorumMessage.Ack(proposal.zxid())));
        }
        world.send(id, link, new SmallLink.Item.Message(sent));
    }

    /** The newest transaction of its history, durable or not; 0 for none. */
    long lastZxid() {
        return memory.isEmpty() ? 0 : memory.get(memory.size() - 1).zxid();
    }

    @Override
    public void closeLink(long link, String reason) {
        world.say(this, "closes a link: " + reason);
        if (dial != null && dial.name() == link) {
            dial = null;
        }
        world.close(id, link);
    }

    @Override
    public void sendLog(long link, long afterZxid, long throughZxid) {
        world.send(id, link, new SmallLink.Item.LogToRead(afterZxid, throughZxid));
    }

    @Override
    public void sendSnapshot(long link, long atLeastZxid) {
        world.send(id, link, new SmallLink.Item.SnapshotToRead(atLeastZxid));
    }

    /** The committed part of its state, if that is new enough; {@code null} when there is none. */
    @Nullable
    List<StoredTxn> snapshot(long atLeast) {
        List<StoredTxn> state = List.copyOf(memory.subList(0, applied));
        long zxid = state.isEmpty() ? 0 : state.get(state.size() - 1).zxid();
        return zxid >= atLeast ? state : null;
    }

    // ---- storage

    private void ask(String what, boolean groups, Runnable change, Runnable done) {
        disk.asked().addLast(new SmallDisk.Work(what, groups, change, done));
    }

    @Override
    public void append(long zxid, byte[] record) {
        world.rules().appends(this, lastZxid(), zxid);
        StoredTxn txn = new StoredTxn(zxid, record);
        memory.add(txn);
        if (world.mutant() == Mutant.APPENDED_WITHOUT_SYNC) {
            ask("append " + Zxid.text(zxid), true, () -> disk.append(txn), () -> {});
            after.add(() -> node().appended(zxid));
        } else {
            ask("append " + Zxid.text(zxid), true, () -> disk.append(txn), () -> node().appended(zxid));
        }
    }

    @Override
    public void saveEpochs(long acceptedEpoch, long currentEpoch) {
        boolean forgets = world.mutant() == Mutant.ACCEPTED_EPOCH_NOT_SAVED;
        Epochs saved = new Epochs(forgets ? currentEpoch : acceptedEpoch, currentEpoch);
        ask("epochs " + acceptedEpoch + " " + currentEpoch, false, () -> disk.epochs(saved), () -> node().epochsSaved(
                        acceptedEpoch, currentEpoch));
    }

    @Override
    public void saveUnsynced(boolean unsynced) {
        require(false, "I23", "has lost nothing, and is to note that it has");
    }

    @Override
    public void truncate(long zxid) {
        boolean done = world.mutant() != Mutant.TRUNCATION_NOT_DONE;
        ask(
                "truncate " + Zxid.text(zxid),
                false,
                () -> {
                    if (done) {
                        disk.truncate(zxid);
                    }
                },
                () -> {
                    world.rules().truncated(this, zxid);
                    memory.removeIf(txn -> txn.zxid() > zxid);
                    require(applied <= memory.size(), "I11", "truncated what it had applied");
                    node().truncated(disk.lastZxid());
                });
    }

    @Override
    public void reload() {
        ask("reload", false, () -> {}, () -> {
            memory.clear();
            memory.addAll(disk.txns());
            applied = 0;
            apply(node().committedZxid());
            node().stateReloaded();
        });
    }

    @Override
    public void installSnapshot(long link, long zxid) {
        world.awaitSnapshot(id, link);
    }

    void install(List<StoredTxn> state, Runnable read) {
        long zxid = state.isEmpty() ? 0 : state.get(state.size() - 1).zxid();
        ask("install " + Zxid.text(zxid), false, () -> disk.install(state), () -> {
            world.rules().installs(this, state);
            memory.clear();
            memory.addAll(state);
            applied = state.size();
            read.run();
            node().snapshotInstalled(zxid);
        });
    }

    void abandonSnapshot() {
        ask("abandon", false, () -> {}, () -> node().snapshotAbandoned());
    }

    // ---- replica

    @Override
    public void commit(long zxid) {
        world.say(this, "commits " + Zxid.text(zxid));
        apply(zxid);
        after.add(() -> node().applied(zxid));
    }

    private void apply(long zxid) {
        while (applied < memory.size() && memory.get(applied).zxid() <= zxid) {
            world.rules().applies(this, applied, memory.get(applied));
            applied++;
        }
    }

    @Override
    public void roleChanged(PeerState newRole, long epoch, long leader) {
        world.say(this, "is " + newRole + " in epoch " + epoch);
        role = newRole;
        if (newRole == PeerState.LEADING) {
            world.rules().leads(this, epoch);
            proposedZxid = Zxid.of(epoch, 0);
        }
    }

    @Override
    public void stopped(String reason) {
        throw new Violation("I21", "server " + id + " stopped: " + reason);
    }

    @Override
    public void request(long link, QuorumMessage.Request request) {}

    @Override
    public void synced() {}

    @Override
    public void touched(long link, List<TouchedSession> sessions) {}

    @Override
    public void revalidate(long link, long sessionId, int timeoutMillis) {}

    @Override
    public void revalidated(long sessionId, boolean valid) {}

    @Override
    public void membershipChanged(Membership membership) {}

    // ---- states

    long fingerprint(Fingerprint fingerprint) {
        long hash = node == null ? 1 : fingerprint.of(node, nowMillis());
        hash = Fingerprint.mix(hash, disk.isHeld() ? -1 - applied : applied);
        hash = Fingerprint.mix(hash, role.name().hashCode());
        hash = Fingerprint.mix(hash, fingerprint.of(List.of(disk.txns(), memory), 0));
        hash = Fingerprint.mix(
                Fingerprint.mix(hash, disk.epochs().accepted()), disk.epochs().current());
        hash = Fingerprint.mix(hash, disk.beginsAfter());
        for (SmallDisk.Work work : disk.asked()) {
            hash = Fingerprint.mix(hash, work.what().hashCode());
        }
        return Fingerprint.mix(hash, dial == null ? 0 : dial.name() * 31 + dial.target());
    }
}
