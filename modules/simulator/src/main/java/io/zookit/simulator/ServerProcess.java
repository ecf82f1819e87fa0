package io.zookit.simulator;

import io.zookit.simulator.check.Holdings;
import io.zookit.simulator.check.Violation;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.Epochs;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.CrashMode;
import io.zookit.simulator.world.DiskFault;
import io.zookit.wire.PeerState;
import io.zookit.zab.History;
import io.zookit.zab.StoredState;
import io.zookit.zab.ZabNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One run of a server: the real consensus core, with the effects it asks for carried out by {@link ElectionLinks},
 * {@link QuorumLinks}, {@link DiskThread} and {@link Replica}. It does one thing at a time, as the one thread of a real server would,
 * and nothing while it stands still.
 */
final class ServerProcess implements DiskThread.Owner {
    private static final long WAKE_MILLIS_MAX = 40;

    private final World world;
    private final SimulatedServer server;
    private final Chance chance;
    private final ServerStorage storage;
    private final DiskThread disk;
    private final ZabNode node;
    private final ElectionLinks election;
    private final QuorumLinks quorum;
    private final Replica replica;
    private final StoredMembers members;
    private final Deque<Runnable> events = new ArrayDeque<>();
    private long promisedZxid;
    private long promiseCeiling = Long.MAX_VALUE;
    private boolean inside;
    private boolean dead;
    private boolean paused;
    private long wakeMicros = Long.MAX_VALUE;
    private long awakeSinceMicros;

    ServerProcess(World world, SimulatedServer server, Chance chance) {
        this.world = world;
        this.server = server;
        this.chance = chance;
        SimulationOptions options = world.options;
        storage = new ServerStorage(server.disk(), options.mutant(), options.segmentBytes(), chance.named("storage"));
        disk = new DiskThread(
                world.agenda, chance.named("disk"), options.syncMicros(), options.mutant(), storage, this);
        if (world.healed) {
            disk.calm();
        }
        election = new ElectionLinks(world, server, this, chance.named("election"));
        quorum = new QuorumLinks(world, server, this, chance.named("quorum"));
        replica = new Replica(world, server, this, chance.named("replica"));
        members = StoredMembers.of(storage, Ensemble.membership(options));
        node = new ZabNode(
                Ensemble.settings(server.id(), options),
                members.counts(),
                stored(),
                chance.any(),
                new Effects(world, server, this));
        if (members.undecided() != null) {
            node.recoveredMembership(members.undecided());
        }
    }

    private StoredState stored() {
        List<Long> epochEnds = new ArrayList<>();
        List<StoredTxn> txns = storage.txns();
        for (int i = 0; i < txns.size(); i++) {
            long zxid = txns.get(i).zxid();
            if (i == txns.size() - 1 || txns.get(i + 1).zxid() >> 32 != zxid >> 32) {
                epochEnds.add(zxid);
            }
        }
        Epochs epochs = storage.epochs();
        History history = new History(storage.beginsAfter(), storage.lastZxid(), epochEnds);
        return new StoredState(epochs.accepted(), epochs.current(), history, server.emptyVote(), storage.isUnsynced());
    }

    void start() {
        replica.recover();
        if (members.unsaved()) {
            disk.act(() -> storage.saveMembers(members.counts()), () -> {});
        }
        enter(() -> node.start(nowMillis()));
    }

    ZabNode node() {
        return node;
    }

    ServerStorage storage() {
        return storage;
    }

    DiskThread disk() {
        return disk;
    }

    ElectionLinks election() {
        return election;
    }

    QuorumLinks quorum() {
        return quorum;
    }

    Replica replica() {
        return replica;
    }

    Chance chance() {
        return chance;
    }

    long nowMillis() {
        return server.clock().monotonicMillis();
    }

    /** The newest transaction that the core was told is durable. */
    long promisedZxid() {
        return promisedZxid;
    }

    /** From now on the storage may remove what is newer. */
    void promisesAtMost(long zxid) {
        promiseCeiling = zxid;
        promisedZxid = Math.min(promisedZxid, zxid);
    }

    /** It has removed that, and ends with this. */
    void promises(long zxid) {
        promiseCeiling = Long.MAX_VALUE;
        promisedZxid = zxid;
    }

    boolean isDead() {
        return dead;
    }

    /** Something happens to the process: now, or when it has done what it is at, or when it goes on after a pause. */
    @Override
    public void enter(Runnable event) {
        if (dead) {
            return;
        }
        events.addLast(event);
        if (!inside && !paused) {
            drain();
        }
    }

    private void drain() {
        inside = true;
        while (!events.isEmpty() && !dead && !paused) {
            Runnable event = events.removeFirst();
            guarded(event);
        }
        inside = false;
        wake();
    }

    /** Whatever the core or the state throws is a bug, and says so with everything that led to it. */
    private void guarded(Runnable event) {
        try {
            event.run();
        } catch (IllegalStateException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            throw new Violation("I21", "server " + server.id() + " threw " + e, e);
        }
    }

    private void wake() {
        if (dead) {
            return;
        }
        long now = nowMillis();
        long in = Math.max(0, Math.min(node.nextDeadlineMillis() - now, WAKE_MILLIS_MAX));
        // The clock of the server and the true one differ by less than this millisecond.
        long at = world.agenda.nowMicros() + (in + 1) * 1000;
        if (at < wakeMicros) {
            wakeMicros = at;
            world.agenda.at(at, () -> {
                if (wakeMicros == at) {
                    wakeMicros = Long.MAX_VALUE;
                    enter(this::tick);
                }
            });
        }
    }

    private void tick() {
        if (world.options.mutant() == Mutant.STUCK_LOG_CALLED_ALIVE) {
            Epochs saved = storage.epochs();
            node.epochsSaved(saved.accepted(), saved.current());
        }
        node.tick(nowMillis());
        replica.tick();
        if (replica.role() == PeerState.LEADING) {
            long awakeMicros = world.agenda.nowMicros() - awakeSinceMicros;
            world.checkers.leadsOn(server, Math.min(disk.idleMicros(), awakeMicros) / 1000);
        }
        world.checkers.holds(server, holdings());
    }

    private Holdings holdings() {
        return new Holdings(
                node.state(),
                quorum.count(true),
                quorum.count(false),
                election.count(),
                replica.clients().sessions(),
                replica.clients().waiting(),
                replica.clients().watchCount());
    }

    void pause(long micros) {
        if (!paused) {
            paused = true;
            world.agenda.in(micros, this::resume);
        }
    }

    /** It goes on, if it stands still. */
    void resume() {
        if (!dead && paused) {
            paused = false;
            awakeSinceMicros = world.agenda.nowMicros();
            // It may have stood still between asking for the time and what comes next: then it does not know how late
            // it is.
            if (chance.coin()) {
                guarded(() -> node.tick(nowMillis()));
            }
            drain();
        }
    }

    /** The end. */
    void die(boolean powerIsLost) {
        dead = true;
        events.clear();
        disk.die();
        election.die(powerIsLost);
        quorum.die(powerIsLost);
        replica.die(powerIsLost);
    }

    /** The process ends itself, and is started again after a while. */
    void exit(String reason) {
        world.trace.say("server " + server.id() + " exits: " + reason);
        world.agenda.in(0, () -> {
            if (!dead) {
                server.crash(CrashMode.KEEPS_ALL);
                world.agenda.in(chance.between(1_000, 500_000), server::start);
            }
        });
    }

    @Override
    public void appended(long zxid) {
        world.trace(server.id(), "appended", zxid, 0);
        promisedZxid = Math.min(zxid, promiseCeiling);
        server.hasOther();
        node.appended(zxid);
    }

    @Override
    public void diskFailed(DiskFault fault) {
        world.trace(server.id(), "disk failed", 0, 0);
        node.storageFailed(String.valueOf(fault.getMessage()));
        exit(String.valueOf(fault.getMessage()));
    }
}
