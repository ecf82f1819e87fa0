package io.zookit.simulator;

import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.Network;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a seed stands for. Every seed switches some faults off altogether, so that the bugs that hide behind another fault come to
 * light in the runs without it.
 *
 * @param seed the seed of all chance
 * @param voters servers that vote: 1, 3 or 5
 * @param observers servers that do not
 * @param clients clients
 * @param faults the kinds of fault there are
 * @param faultMillis how long it is from one fault to the next, on average
 * @param latency how long messages take
 * @param syncMicros how long the sync of a file usually takes
 * @param journalled whether the file system keeps changes of a directory in order
 * @param segmentBytes the size of a segment of the log
 * @param snapshotTransactions after how many transactions a snapshot is taken
 * @param historyTransactions how many transactions a leader keeps in memory for learners
 * @param logSyncTransactions how many transactions a learner may be sent from the log before a snapshot is thought cheaper
 * @param encoded whether messages go through their bytes on the way
 * @param hashSalt for the hash tables of tree and watches; must not change anything
 * @param mutant the mistake to make
 * @param steps how many steps with faults, before the world heals
 */
public record SimulationOptions(
        long seed,
        int voters,
        int observers,
        int clients,
        Set<Fault> faults,
        int faultMillis,
        Network.Latency latency,
        int syncMicros,
        boolean journalled,
        int segmentBytes,
        int snapshotTransactions,
        int historyTransactions,
        int logSyncTransactions,
        boolean encoded,
        long hashSalt,
        Mutant mutant,
        int steps) {
    /** What goes wrong. */
    public enum Fault {
        /** One server loses power, and comes back later. */
        CRASH,
        /** All servers lose power at once. */
        CRASH_ALL,
        /** A server dies and leaves its machine running. */
        KILL,
        /** Nothing gets through between two sides. */
        PARTITION,
        /** Nothing gets through in one direction. */
        ONE_WAY,
        /** Connections break. */
        CUT,
        /** A direction becomes slow. */
        SLOW,
        /** A server stands still for a while. */
        PAUSE,
        /** The sync of a file fails. */
        SYNC_ERROR,
        /** The disk is full. */
        DISK_FULL,
        /** Somebody sets a clock. */
        CLOCK_JUMP,
        /** A client breaks its connection. */
        CLIENT_CUT,
        /** A disk does nothing for a while. */
        DISK_STALL,
        /** A leader is cut off from all other servers, and may hear of it later than they do; its clients still reach it. */
        OLD_LEADER,
        /** A server dies and loses all its data; never two before the first has everything again. */
        WIPE,
        /** The members change. Not together with losses: a single voter must not lose anything. */
        RECONFIG
    }

    /** The options of a seed. */
    public static SimulationOptions of(long seed, int steps) {
        Chance chance = new Chance(seed).named("options");
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (Fault fault : EnumSet.range(Fault.CRASH, Fault.CLIENT_CUT)) {
            if (chance.percent(60)) {
                faults.add(fault);
            }
        }
        // Later kinds have dice of their own, so that older seeds stay the stories they were.
        Chance later = new Chance(seed).named("later options");
        if (later.percent(40)) {
            faults.add(Fault.DISK_STALL);
        }
        if (later.percent(40)) {
            faults.add(Fault.OLD_LEADER);
        }
        Chance latest = new Chance(seed).named("latest options");
        if (latest.percent(50)) {
            faults.add(Fault.WIPE);
        } else if (latest.percent(70)) {
            faults.add(Fault.RECONFIG);
        }
        int size = chance.below(10);
        boolean fast = chance.coin();
        return new SimulationOptions(
                seed,
                size == 0 ? 1 : size < 8 ? 3 : 5,
                chance.below(3) == 0 ? 1 : 0,
                2 + chance.below(4),
                faults,
                (int) chance.between(40, 1200),
                fast ? new Network.Latency(50, 500, 20_000) : new Network.Latency(500, 8_000, 120_000),
                chance.coin() ? 500 : 8_000,
                chance.percent(30),
                (int) chance.between(200, 3_000),
                (int) chance.between(10, 120),
                (int) chance.between(2, 60),
                chance.percent(50) ? 0 : 80,
                chance.percent(10),
                0,
                Mutant.NONE,
                steps);
    }

    /** The same with a mistake. */
    public SimulationOptions with(Mutant mistake) {
        return changed(clients, faults, hashSalt, mistake, steps);
    }

    /** The same with another salt for hash tables. */
    public SimulationOptions withHashSalt(long salt) {
        return changed(clients, faults, salt, mutant, steps);
    }

    /** The same with other faults. */
    public SimulationOptions withFaults(Set<Fault> others) {
        return changed(clients, others, hashSalt, mutant, steps);
    }

    /** The same with fewer or more clients. */
    public SimulationOptions withClients(int others) {
        return changed(others, faults, hashSalt, mutant, steps);
    }

    /** The same with another number of steps. */
    public SimulationOptions withSteps(int others) {
        return changed(clients, faults, hashSalt, mutant, others);
    }

    /** What the seed has decided stays, but for these. */
    private SimulationOptions changed(
            int newClients, Set<Fault> newFaults, long newHashSalt, Mutant newMutant, int newSteps) {
        return new SimulationOptions(
                seed,
                voters,
                observers,
                newClients,
                newFaults,
                faultMillis,
                latency,
                syncMicros,
                journalled,
                segmentBytes,
                snapshotTransactions,
                historyTransactions,
                logSyncTransactions,
                encoded,
                newHashSalt,
                newMutant,
                newSteps);
    }

    /** How many servers there are. */
    public int servers() {
        return voters + observers;
    }
}
