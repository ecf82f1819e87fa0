package io.zookit.simulator;

import io.zookit.simulator.check.ServerView;
import io.zookit.simulator.check.Violation;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.Epochs;
import io.zookit.simulator.storage.RecoveryFailure;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.CrashMode;
import io.zookit.simulator.world.DiskFault;
import io.zookit.simulator.world.SimulatedDisk;
import io.zookit.simulator.world.SkewedClock;
import io.zookit.wire.PeerState;
import io.zookit.zab.EmptyVote;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A machine: its disk and clock outlive the processes that run on it, one at a time. */
final class SimulatedServer implements ServerView {
    private static final long SKEW_PPM_MAX = 500;
    private static final long RETRY_MICROS = 100_000;
    private static final long OFFSET_MILLIS_MAX = 2_000;
    private static final int INTERRUPTED_PERCENT = 60;
    private static final long INTERRUPTED_MICROS_MAX = 500_000;

    private final World world;
    private final long id;
    private final SimulatedDisk disk;
    private final SkewedClock clock;
    private final Chance chance;
    private @Nullable ServerProcess process;
    private @Nullable ServerStorage found;
    private int incarnation;
    private final Chance interruptions;
    private boolean wiped;

    /** What it had when it lost its data, until it has everything again. */
    private @Nullable ServerStorage lost;

    SimulatedServer(World world, long id) {
        this.world = world;
        this.id = id;
        chance = world.chance.named("server " + id);
        interruptions = world.chance.named("interruptions " + id);
        disk = new SimulatedDisk(world.options.journalled());
        clock = new SkewedClock(
                world.agenda,
                chance.between(-SKEW_PPM_MAX, SKEW_PPM_MAX),
                chance.between(-OFFSET_MILLIS_MAX, OFFSET_MILLIS_MAX));
    }

    /** Its place in the network. */
    int machine() {
        return (int) id - 1;
    }

    SkewedClock clock() {
        return clock;
    }

    SimulatedDisk disk() {
        return disk;
    }

    /** The process that runs, {@code null} while the server is down. */
    @Nullable
    ServerProcess process() {
        return process;
    }

    boolean isUp() {
        return process != null;
    }

    /** Starts a process on what is on the disk. */
    void start() {
        if (process != null) {
            return;
        }
        incarnation++;
        world.trace(id, "start", incarnation, 0);
        ServerProcess started = open();
        if (started == null) {
            disk.crash(CrashMode.KEEPS_ALL, chance);
            world.agenda.in(RETRY_MICROS, this::start);
            return;
        }
        process = started;
        found = null;
        world.checkers.started(this);
        started.start();
    }

    /** A process, {@code null} when the disk does not let it start just now. */
    private @Nullable ServerProcess open() {
        try {
            return new ServerProcess(world, this, chance.named("process " + incarnation));
        } catch (DiskFault e) {
            world.trace(id, "disk failed", 1, 0);
            return null;
        } catch (RecoveryFailure e) {
            throw new Violation("L7", "server " + id + " cannot start: " + e.getMessage());
        }
    }

    /** The power goes, or the process alone when the mode keeps everything. */
    void crash(CrashMode mode) {
        ServerProcess dying = process;
        if (dying == null) {
            return;
        }
        world.trace(id, "crash", mode == CrashMode.KEEPS_ALL ? 0 : 1, 0);
        process = null;
        dying.die(mode != CrashMode.KEEPS_ALL);
        disk.crash(mode, chance);
        found = recovered(disk.copy(), "server " + id);
        hasOther();
    }

    /** What it has is not what it had: while it has lost data, that is worth a look. */
    void hasOther() {
        world.forksNow |= lost != null;
    }

    /** While it is down somebody takes everything from its disk. */
    void wipe() {
        world.trace(id, "wiped", 0, 0);
        lost = storage();
        wiped = true;
        disk.wipe();
        found = null;
        world.checkers.wiped(this);
    }

    /** A synchronisation begins that gives it everything again: few are interrupted by chance, and half of one is what matters. */
    void synchronisationBegins() {
        if (!world.healed && lost != null && interruptions.percent(INTERRUPTED_PERCENT)) {
            int begun = incarnation;
            world.agenda.in(interruptions.duration(500, 40_000, INTERRUPTED_MICROS_MAX), () -> {
                if (incarnation == begun && lost != null && !world.healed) {
                    crash(interruptions.coin() ? CrashMode.LOSES_ALL : CrashMode.KEEPS_ALL);
                    world.agenda.in(interruptions.duration(1_000, 100_000, INTERRUPTED_MICROS_MAX), this::start);
                }
            });
        }
    }

    /** It has served and its disk says that it has everything. */
    void servesWithEverything() {
        lost = null;
    }

    /** Whether it has begun with nothing, and has not been given everything since. */
    boolean hasLostData() {
        return lost != null;
    }

    /** What its vote is worth while it is empty: somebody has said that all servers begin with nothing, but not that one does so again. */
    EmptyVote emptyVote() {
        return wiped ? EmptyVote.AMONG_EMPTY : EmptyVote.ALWAYS;
    }

    /** Whether a start with this would take part in elections. */
    boolean votesWith(ServerStorage left) {
        boolean empty = left.lastZxid() == 0 && left.epochs().current() == 0;
        return !wiped || !(empty || left.isUnsynced());
    }

    @Override
    public boolean hasHeld(StoredTxn txn) {
        ServerStorage before = lost;
        return before != null && before.isDurable(txn.zxid()) && before.holds(txn);
    }

    /** What a start would find on a disk, seen by eyes that make no mistakes. */
    private ServerStorage recovered(SimulatedDisk after, String who) {
        try {
            return new ServerStorage(after, Mutant.NONE, world.options.segmentBytes(), chance);
        } catch (RecoveryFailure e) {
            throw new Violation("L7", who + " could not start again: " + e.getMessage());
        }
    }

    /** What a start would find if the power went right now; nothing changes. */
    ServerStorage afterCrash(CrashMode mode, Chance dice) {
        SimulatedDisk copy = disk.copy();
        copy.crash(mode, dice);
        return recovered(copy, "after a loss of power server " + id);
    }

    /** One bit of one file changes while the power is off: what would a start find? Nothing changes really. */
    void damage(CrashMode mode, Chance dice) {
        SimulatedDisk copy = disk.copy();
        copy.crash(mode, dice);
        List<String> files = copy.list();
        if (files.isEmpty()) {
            return;
        }
        String file = dice.of(files);
        SimulatedDisk flipped = copy.copy();
        if (flipped.length(file) > 0) {
            flipped.flip(file, dice.below(Byte.SIZE * flipped.length(file)));
            ServerStorage before = recovered(copy, "after a loss of power server " + id);
            world.checkers.damaged(this, file, before, openedAnyway(flipped));
        }
    }

    private @Nullable ServerStorage openedAnyway(SimulatedDisk damaged) {
        Mutant mutant = world.options.mutant();
        boolean reads = mutant == Mutant.DAMAGE_TAKEN_FOR_A_TORN_TAIL || mutant == Mutant.CHECKSUMS_NOT_LOOKED_AT;
        try {
            return new ServerStorage(damaged, reads ? mutant : Mutant.NONE, world.options.segmentBytes(), chance);
        } catch (RecoveryFailure refused) {
            return null;
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public int incarnation() {
        return incarnation;
    }

    @Override
    public boolean leads() {
        ServerProcess running = process;
        return running != null && running.replica().role() == PeerState.LEADING;
    }

    /** Whether it votes, by what is committed. */
    boolean isVoter() {
        return world.checkers.members().now().isVoter(id);
    }

    @Override
    public ServerStorage storage() {
        ServerProcess running = process;
        if (running != null) {
            return running.storage();
        }
        ServerStorage seen = found;
        if (seen == null) {
            seen = recovered(disk.copy(), "server " + id);
            found = seen;
        }
        return seen;
    }

    @Override
    public Epochs durableEpochs() {
        Epochs least = afterCrash(CrashMode.LOSES_ALL, chance).epochs();
        Epochs torn = afterCrash(CrashMode.ADVERSARIAL, new Chance(incarnation)).epochs();
        return new Epochs(Math.min(least.accepted(), torn.accepted()), Math.min(least.current(), torn.current()));
    }

    @Override
    public long newestZxidAfterCrash() {
        long newest = 0;
        for (CrashMode mode : CrashMode.values()) {
            newest = Math.max(newest, afterCrash(mode, new Chance(incarnation)).lastZxid());
        }
        return newest;
    }

    @Override
    public Set<Long> sessions() {
        Set<Long> ids = new TreeSet<>();
        ServerProcess running = process;
        if (running != null) {
            running.replica().state().sessions().forEach(session -> ids.add(session.id()));
        }
        return ids;
    }

    @Override
    public Collection<Long> owners() {
        ServerProcess running = process;
        return running == null
                ? Set.of()
                : running.replica().state().tree().ephemeralsBySession().keySet();
    }
}
