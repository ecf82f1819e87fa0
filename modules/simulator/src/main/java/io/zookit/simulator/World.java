package io.zookit.simulator;

import io.zookit.simulator.check.Checkers;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.world.Agenda;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.Network;
import java.util.ArrayList;
import java.util.List;

/** What all parts of a run share. Servers are machines 0 and up, clients the machines after them. */
final class World {
    final SimulationOptions options;
    final Agenda agenda = new Agenda();
    final Chance chance;
    final Network network;
    final Trace trace;
    final List<SimulatedServer> servers = new ArrayList<>();
    /** Whether there are no more faults. */
    boolean healed;
    /** Whether something has just happened after which all copies of all disks are worth a look. */
    boolean forksNow;

    final Checkers checkers;

    World(SimulationOptions options, Trace trace) {
        this.options = options;
        this.trace = trace;
        checkers = new Checkers(
                servers,
                Ensemble.membership(options.with(Mutant.NONE)),
                options.servers(),
                Ensemble.LOG_IDLE_MILLIS_MAX);
        chance = new Chance(options.seed());
        network =
                new Network(agenda, chance.named("network"), options.latency(), options.servers() + options.clients());
    }

    /** The server with an id. */
    SimulatedServer server(long id) {
        return servers.get((int) id - 1);
    }

    void trace(long who, String word, long one, long two) {
        trace.add(agenda.nowMicros(), who, word, one, two);
    }
}
