package io.zookit.simulator;

import io.zookit.simulator.SimulationOptions.Fault;
import io.zookit.simulator.world.Chance;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Somebody who asks for other members from time to time, at any server that serves: some leave, some come back, some become observers
 * or voters. Now and then several of that at once, as one request may.
 */
final class Operator {
    private static final long PAUSE_MICROS_MIN = 50_000;
    private static final long PAUSE_MICROS_MAX = 1_200_000;

    private final World world;
    private final Chance chance;
    private int requests;
    private boolean stopped;

    Operator(World world) {
        this.world = world;
        chance = world.chance.named("operator");
    }

    void start() {
        if (world.options.faults().contains(Fault.RECONFIG)) {
            next();
        }
    }

    /** The members stay what they are. */
    void stop() {
        stopped = true;
    }

    private void next() {
        world.agenda.in(chance.between(PAUSE_MICROS_MIN, PAUSE_MICROS_MAX), () -> {
            if (!stopped) {
                ask();
                next();
            }
        });
    }

    private void ask() {
        byte[] members = Ensemble.membership(wanted()).text().getBytes(StandardCharsets.UTF_8);
        ServerProcess process = chance.of(world.servers).process();
        if (process != null) {
            process.enter(() -> {
                if (process.replica().isServing()) {
                    world.trace(0, "asks for members", requests, 0);
                    process.replica().changeMembers(++requests, members);
                }
            });
        }
    }

    /** One member is another than before, or all are thrown anew. */
    private SortedMap<Long, Boolean> wanted() {
        SortedMap<Long, Boolean> voters = new TreeMap<>();
        boolean all = chance.percent(30);
        long changed = chance.of(world.servers).id();
        for (SimulatedServer server : world.servers) {
            if (all || server.id() == changed) {
                int dice = chance.below(10);
                if (dice < 7) {
                    voters.put(server.id(), dice < 5);
                }
            } else if (world.checkers.members().now().member(server.id()) != null) {
                voters.put(server.id(), server.isVoter());
            }
        }
        if (!voters.containsValue(true)) {
            voters.put(changed, true);
        }
        return voters;
    }
}
