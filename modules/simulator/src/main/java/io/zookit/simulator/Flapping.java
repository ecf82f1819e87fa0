package io.zookit.simulator;

import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.CrashMode;
import io.zookit.wire.PeerState;
import java.util.ArrayList;
import java.util.List;

/**
 * A voter that is reached by the others only now and then, and perhaps in one direction, while everybody else is well: a minority, that
 * should not cost the majority its leader (L4).
 */
final class Flapping {
    private static final long PAUSE_MICROS_MAX = 700_000;
    private static final long DOWN_MICROS_MAX = 300_000;

    private final World world;
    private final Chance chance;
    private final SimulatedServer victim;
    private boolean stopped;

    /** One of the voters that do not lead. */
    Flapping(World world) {
        this.world = world;
        chance = world.chance.named("flapping");
        List<SimulatedServer> followers = new ArrayList<>();
        for (SimulatedServer server : world.servers) {
            ServerProcess process = server.process();
            if (server.isVoter() && process != null && process.replica().role() != PeerState.LEADING) {
                followers.add(server);
            }
        }
        victim = chance.of(followers);
    }

    void start() {
        world.trace(victim.id(), "flaps", 0, 0);
        world.checkers.minorityFlaps(true);
        next();
    }

    private void next() {
        world.agenda.in(chance.duration(10_000, 200_000, PAUSE_MICROS_MAX), () -> {
            if (!stopped) {
                strike();
                next();
            }
        });
    }

    private void strike() {
        SimulatedServer other = chance.of(world.servers);
        int here = victim.machine();
        switch (chance.below(6)) {
            case 0 -> world.network.cutBetween(here, other.machine());
            case 1 -> world.network.block(here, other.machine());
            case 2 -> world.network.block(other.machine(), here);
            case 3 -> {
                for (SimulatedServer each : world.servers) {
                    world.network.block(here, each.machine());
                    world.network.block(each.machine(), here);
                    world.network.cutBetween(here, each.machine());
                }
            }
            case 4 -> {
                victim.crash(CrashMode.KEEPS_ALL);
                world.agenda.in(chance.between(1_000, DOWN_MICROS_MAX), victim::start);
            }
            default -> world.network.heal();
        }
    }

    /** It is well again. */
    void stop() {
        stopped = true;
        world.network.heal();
        victim.start();
        world.checkers.minorityFlaps(false);
    }
}
