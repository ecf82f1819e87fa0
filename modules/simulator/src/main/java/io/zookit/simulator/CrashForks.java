package io.zookit.simulator;

import io.zookit.model.Zxid;
import io.zookit.simulator.check.Violation;
import io.zookit.simulator.storage.Epochs;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.CrashMode;
import io.zookit.zab.Membership;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What if the power went right now? Copies of disks crash and recover beside the run, which goes on. One server: it starts again (L7),
 * with all it has reported as durable (I8, I22). All servers: whoever comes back, one that enough of them would elect has
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
        Map<Long, ServerStorage> voters = new TreeMap<>();
        for (SimulatedServer server : world.servers) {
            ServerStorage left = one(server);
            if (server.votesWith(left)) {
                voters.put(server.id(), left);
            }
        }
        List<StoredTxn> committed = world.checkers.history().txns();
        if (!committed.isEmpty()) {
            StoredTxn last = committed.get(committed.size() - 1);
            voters.forEach((id, left) -> {
                if (!left.holds(last)) {
                    mustNotBeElected(id, left, voters, last);
                }
            });
        }
    }

    /**
     * Those that have no more than it has must not be enough: by the members it goes by, and those it has heard of. Whoever goes by newer
     * members says so in its votes, and is refused by a leader with older ones.
     */
    private void mustNotBeElected(
            long id, ServerStorage candidate, Map<Long, ServerStorage> voters, StoredTxn missing) {
        Membership configured = Ensemble.membership(world.options);
        StoredMembers members = StoredMembers.of(candidate, configured);
        Set<Long> followers = new TreeSet<>();
        voters.forEach((other, left) -> {
            long version = StoredMembers.of(left, configured).counts().version();
            if (!isBetter(left, candidate) && version <= members.counts().version()) {
                followers.add(other);
            }
        });
        if (members.isVoter(id) && members.quorum().contains(followers)) {
            throw new Violation(
                    "I11",
                    "after a loss of all power the servers " + followers + " could elect " + id + ", which is without "
                            + Zxid.text(missing.zxid()));
        }
    }

    private static boolean isBetter(ServerStorage one, ServerStorage other) {
        int byEpoch = Long.compare(epoch(one), epoch(other));
        return byEpoch != 0 ? byEpoch > 0 : one.lastZxid() > other.lastZxid();
    }

    private static long epoch(ServerStorage storage) {
        return Math.max(storage.epochs().current(), Zxid.epoch(storage.lastZxid()));
    }
}
