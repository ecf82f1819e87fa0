package io.zookit.simulator;

import io.zookit.simulator.SimulationOptions.Fault;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.CrashMode;
import java.util.ArrayList;
import java.util.List;

/** Whoever wants the cluster to fail: from time to time one of the faults that the options allow. */
final class Nemesis {
    private static final long DOWN_MICROS_MAX = 3_000_000;
    private static final long APART_MICROS_MAX = 4_000_000;
    private static final long PAUSE_MICROS_MAX = 3_000_000;
    private static final long OLD_LEADER_MICROS_MIN = 900_000;
    private static final long STALL_MICROS_MAX = 6_000_000;
    private static final long JUMP_MILLIS_MAX = 100_000;
    private static final int SLOWER_MAX = 40;
    private static final long BEHIND_MICROS_MAX = 900_000;
    private static final long LOSS_MICROS_MIN = 100_000;
    private static final long LOSS_MICROS_MAX = 2_000_000;

    private final World world;
    private final List<SimulatedClient> clients;
    private final Chance chance;
    private final List<Fault> faults;
    private final Chance losses;
    private final boolean loses;
    private boolean stopped;

    Nemesis(World world, List<SimulatedClient> clients) {
        this.world = world;
        this.clients = clients;
        chance = world.chance.named("nemesis");
        losses = world.chance.named("losses");
        faults = new ArrayList<>(world.options.faults());
        // What has dice and a pace of its own leaves the others as they were.
        faults.remove(Fault.RECONFIG);
        loses = faults.remove(Fault.WIPE) && world.options.voters() >= 3;
    }

    void start() {
        if (!faults.isEmpty()) {
            next();
        }
        if (loses) {
            nextLoss();
        }
    }

    private void nextLoss() {
        world.agenda.in(losses.between(LOSS_MICROS_MIN, LOSS_MICROS_MAX), () -> {
            if (!stopped) {
                wipe(losses.of(world.servers));
                nextLoss();
            }
        });
    }

    private void next() {
        long mean = world.options.faultMillis() * 1_000L;
        world.agenda.in(chance.between(1, 2 * mean), () -> {
            if (!stopped) {
                strike(chance.of(faults));
                next();
            }
        });
    }

    private void strike(Fault fault) {
        SimulatedServer victim = chance.of(world.servers);
        world.trace(victim.id(), "fault " + fault, 0, 0);
        switch (fault) {
            case CRASH -> crash(victim, crashMode());
            case CRASH_ALL -> crashAll();
            case KILL -> crash(victim, CrashMode.KEEPS_ALL);
            case PARTITION -> partition(false);
            case ONE_WAY -> partition(true);
            case CUT -> world.network.cutBetween(victim.machine(), chance.below(world.options.servers()));
            case SLOW ->
                world.network.slow(victim.machine(), chance.below(world.options.servers()), chance.below(SLOWER_MAX));
            case PAUSE -> pause(victim);
            case SYNC_ERROR -> victim.disk().failSync(chance.below(20));
            case DISK_FULL -> victim.disk().failWrite(chance.below(20));
            case CLOCK_JUMP -> victim.clock().jump(chance.between(-JUMP_MILLIS_MAX, JUMP_MILLIS_MAX));
            case CLIENT_CUT -> chance.of(clients).hangUp();
            case DISK_STALL -> stall(victim);
            case OLD_LEADER -> cutOffLeader();
            case WIPE, RECONFIG -> throw new IllegalStateException(fault + " has a pace of its own");
        }
    }

    private CrashMode crashMode() {
        int dice = chance.below(10);
        if (dice < 2) {
            return CrashMode.LOSES_ALL;
        }
        return world.options.journalled() ? CrashMode.JOURNALLED : CrashMode.ADVERSARIAL;
    }

    private void crash(SimulatedServer victim, CrashMode mode) {
        if (victim.isUp()) {
            victim.crash(mode);
            world.agenda.in(chance.duration(1_000, 200_000, DOWN_MICROS_MAX), victim::start);
        }
    }

    /**
     * Somebody takes a server's data. Its vote matters most where it was one of the few that had something: so sometimes another one has
     * been cut off for a while, and is slow to catch up.
     */
    private void wipe(SimulatedServer victim) {
        SimulatedServer behind = losses.of(world.servers);
        if (!mayBeWiped(victim)) {
            return;
        }
        if (behind == victim || losses.below(3) == 0) {
            takeData(victim);
            return;
        }
        for (SimulatedServer other : world.servers) {
            world.network.block(behind.machine(), other.machine());
            world.network.block(other.machine(), behind.machine());
        }
        world.agenda.in(losses.between(BEHIND_MICROS_MAX / 10, BEHIND_MICROS_MAX), () -> {
            world.network.heal();
            if (!world.healed && mayBeWiped(victim)) {
                takeData(victim);
                for (SimulatedServer other : world.servers) {
                    world.network.slow(other.machine(), behind.machine(), losses.below(SLOWER_MAX));
                }
                world.agenda.in(APART_MICROS_MAX / 2, world.network::heal);
            }
        });
    }

    /** An ensemble stands the loss of as many as it can do without; here of one, and not before it has begun. */
    private boolean mayBeWiped(SimulatedServer victim) {
        return world.options.voters() >= 3
                && victim.isUp()
                && world.servers.stream()
                        .allMatch(server -> !server.hasLostData()
                                && server.storage().epochs().current() > 0);
    }

    private void takeData(SimulatedServer victim) {
        victim.crash(CrashMode.KEEPS_ALL);
        victim.wipe();
        world.agenda.in(losses.duration(1_000, 50_000, DOWN_MICROS_MAX), victim::start);
    }

    private void crashAll() {
        for (SimulatedServer server : world.servers) {
            crash(server, crashMode());
        }
    }

    private void pause(SimulatedServer victim) {
        ServerProcess process = victim.process();
        if (process != null) {
            process.pause(chance.duration(1_000, 1_500_000, PAUSE_MICROS_MAX));
        }
    }

    private void stall(SimulatedServer victim) {
        ServerProcess process = victim.process();
        if (process != null) {
            process.disk().stall(chance.duration(1_000, 3_000_000, STALL_MICROS_MAX));
        }
    }

    /** Nothing reaches it from the others any more; they hear that the connections broke, and then nothing either. */
    private void cutOffLeader() {
        for (SimulatedServer leader : world.servers) {
            if (leader.leads()) {
                for (SimulatedServer other : world.servers) {
                    if (other != leader) {
                        world.network.block(other.machine(), leader.machine());
                        world.network.cutBetween(leader.machine(), other.machine());
                    }
                }
                world.agenda.in(4L * world.options.latency().usual(), () -> silence(leader));
            }
        }
        world.agenda.in(chance.between(OLD_LEADER_MICROS_MIN, APART_MICROS_MAX), world.network::heal);
    }

    private void silence(SimulatedServer leader) {
        for (SimulatedServer other : world.servers) {
            if (other != leader && !world.healed) {
                world.network.block(leader.machine(), other.machine());
            }
        }
    }

    /** Some servers, with the clients that happen to be there, on one side; the others on the other. */
    private void partition(boolean oneWay) {
        int machines = world.options.servers() + world.options.clients();
        boolean[] side = new boolean[machines];
        for (int i = 0; i < machines; i++) {
            side[i] = chance.coin();
        }
        for (int from = 0; from < machines; from++) {
            for (int to = 0; to < machines; to++) {
                if (side[from] != side[to] && !(oneWay && side[from])) {
                    world.network.block(from, to);
                }
            }
        }
        boolean cuts = chance.coin();
        world.agenda.in(chance.duration(10_000, 1_000_000, APART_MICROS_MAX), () -> {
            // A partition may outlast the faults: then it has ended by now, and what breaks now would be a fault more.
            if (cuts && !world.healed) {
                world.network.cutBetween(chance.below(machines), chance.below(machines));
            }
            world.network.heal();
        });
    }

    /** The end of all faults: what is broken is repaired, what is down starts, what stands still goes on. */
    void stop() {
        stopped = true;
        world.healed = true;
        world.network.heal();
        for (SimulatedServer server : world.servers) {
            server.disk().heal();
            ServerProcess process = server.process();
            if (process != null) {
                process.disk().calm();
                process.resume();
            }
            server.start();
        }
    }
}
