package io.zookit.simulator;

import io.zookit.model.Zxid;
import io.zookit.simulator.check.Violation;
import io.zookit.simulator.storage.Epochs;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.CrashMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What if the power went right now? Copies of disks crash and recover beside the run, which goes on. One server: it starts again (L7),
 * with all it has reported as durable (I8, I22). All servers: whichever majority of those that vote comes back, the one of them that will lead has
 * everything that ever counted (I11).
 */
final class CrashForks {
    private static final int ALL_EVERY = 8;

    private final World world;
    private final Chance chance;
    private long forks;
    private long recoveries;

    CrashForks(World world) {
        this.world = world;
        chance = world.chance.named("forks");
    }

    long recoveries() {
        return recoveries;
    }

    void next() {
        forks++;
        if (forks % ALL_EVERY == 0) {
            all();
        } else if (forks % ALL_EVERY == ALL_EVERY / 2) {
            recoveries++;
            chance.of(world.servers).damage(mode(), chance);
        } else {
            one(chance.of(world.servers));
        }
    }

    private CrashMode mode() {
        int dice = chance.below(8);
        if (dice == 0) {
            return CrashMode.LOSES_ALL;
        }
        return world.options.journalled() ? CrashMode.JOURNALLED : CrashMode.ADVERSARIAL;
    }

    private ServerStorage one(SimulatedServer server) {
        recoveries++;
        ServerStorage left = server.afterCrash(mode(), chance);
        Epochs epochs = left.epochs();
        if (epochs.accepted() < epochs.current()) {
            throw new Violation("I8", "after a loss of power server " + server.id() + " has " + epochs);
        }
        ServerProcess process = server.process();
        if (process != null && left.lastZxid() < process.promisedZxid()) {
            throw new Violation(
                    "I8",
                    "server " + server.id() + " reported " + Zxid.text(process.promisedZxid())
                            + " as durable, and a loss of power leaves " + Zxid.text(left.lastZxid()));
        }
        return left;
    }

    /** What if all power went now? */
    void all() {
        List<ServerStorage> voters = new ArrayList<>();
        int abstaining = 0;
        for (SimulatedServer server : world.servers) {
            ServerStorage left = one(server);
            if (server.isVoter()) {
                abstaining |= server.votesWith(left) ? 0 : 1 << voters.size();
                voters.add(left);
            }
        }
        List<StoredTxn> committed = world.checkers.history().txns();
        if (committed.isEmpty()) {
            return;
        }
        StoredTxn last = committed.get(committed.size() - 1);
        for (int set = 0; set < 1 << voters.size(); set++) {
            boolean elects = 2 * Integer.bitCount(set) > voters.size() && (set & abstaining) == 0;
            if (elects && !best(voters, set).holds(last)) {
                throw new Violation(
                        "I11",
                        "after a loss of all power the servers of set " + Integer.toBinaryString(set)
                                + " would elect one without " + Zxid.text(last.zxid()));
            }
        }
    }

    /** The one of a set that wins an election: by epoch, raised to that of its log, then by its newest transaction. */
    private static ServerStorage best(List<ServerStorage> voters, int set) {
        ServerStorage best = voters.get(Integer.numberOfTrailingZeros(set));
        for (int i = 0; i < voters.size(); i++) {
            if ((set & 1 << i) != 0 && isBetter(voters.get(i), best)) {
                best = voters.get(i);
            }
        }
        return best;
    }

    private static boolean isBetter(ServerStorage one, ServerStorage other) {
        int byEpoch = Long.compare(epoch(one), epoch(other));
        return byEpoch != 0 ? byEpoch > 0 : one.lastZxid() > other.lastZxid();
    }

    private static long epoch(ServerStorage storage) {
        return Math.max(storage.epochs().current(), Zxid.epoch(storage.lastZxid()));
    }
}
