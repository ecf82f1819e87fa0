package io.zookit.simulator;

import io.zookit.model.Zxid;
import io.zookit.simulator.check.Violation;
import io.zookit.wire.PeerState;
import io.zookit.zab.Membership;
import io.zookit.zab.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a whole cluster in the calling thread, decided by its options alone: first with faults, then without, until everything
 * has come to rest. All rules are checked all the time.
 */
public final class Simulation {
    private static final int FORK_EVERY = 64;
    private static final int FLAPPING_PERCENT = 12;
    private static final long FLAPPING_MICROS = 8_000_000;
    /** Until a quorum that is connected must serve (L1): both limits for each of three attempts, and broken links noticed. */
    private static final long SERVING_MICROS_MAX =
            4_000L * Ensemble.TICK_MILLIS * (Ensemble.INIT_LIMIT_TICKS + Ensemble.SYNC_LIMIT_TICKS);
    /** Until all servers agree and every request is answered or its connection closed (L2, L5). */
    private static final long REST_MICROS_MAX = SERVING_MICROS_MAX;

    private final SimulationOptions options;
    private final World world;
    private final ClientLedger ledger = new ClientLedger();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final Nemesis nemesis;
    private final Operator operator;
    private final CrashForks forks;
    private long steps;

    private Simulation(SimulationOptions options, @Nullable Consumer<String> listener) {
        this.options = options;
        world = new World(options, new Trace(listener));
        for (long id = 1; id <= options.servers(); id++) {
            world.servers.add(new SimulatedServer(world, id));
        }
        for (int i = 0; i < options.clients(); i++) {
            clients.add(new SimulatedClient(world, i, ledger));
        }
        nemesis = new Nemesis(world, clients);
        operator = new Operator(world);
        forks = new CrashForks(world);
    }

    /**
     * Runs.
     *
     * @throws SimulationFailure when a rule is broken
     */
    public static SimulationResult run(SimulationOptions options) {
        return new Simulation(options, null).run();
    }

    /**
     * Runs, and tells what happens, a line for each thing.
     *
     * @throws SimulationFailure when a rule is broken
     */
    public static SimulationResult run(SimulationOptions options, Consumer<String> listener) {
        return new Simulation(options, listener).run();
    }

    private SimulationResult run() {
        try {
            runWithFaults();
            nemesis.stop();
            operator.stop();
            heal();
            flap();
            rest();
            ledger.checkHistories();
        } catch (Violation violation) {
            throw new SimulationFailure(options, steps, violation);
        }
        return new SimulationResult(
                steps,
                forks.recoveries(),
                world.checkers.history().txns().size(),
                ledger.answered(),
                ledger.undecided(),
                world.trace.counts(),
                world.trace.hash());
    }

    private void step() {
        steps++;
        if (!world.agenda.step()) {
            throw new Violation("L1", "nothing more will ever happen");
        }
        if (steps % FORK_EVERY == 0) {
            forks.next();
        }
        if (world.forksNow) {
            world.forksNow = false;
            forks.all();
        }
    }

    private void runWithFaults() {
        world.servers.forEach(SimulatedServer::start);
        clients.forEach(SimulatedClient::start);
        nemesis.start();
        operator.start();
        while (steps < options.steps()) {
            step();
        }
    }

    /** All is well again; so before long every server serves (L1). */
    private void heal() {
        long until = world.agenda.nowMicros() + SERVING_MICROS_MAX;
        while (!allServe()) {
            if (world.agenda.nowMicros() > until) {
                throw new Violation(
                        "L1",
                        "everything works again and not every server serves: "
                                + world.servers.stream().map(this::state).toList());
            }
            step();
        }
    }

    /** In some runs a minority is not so well yet: the others do not care (L4). */
    private void flap() {
        if (world.checkers.members().now().voters().size() < 3
                || !world.chance.named("flaps").percent(FLAPPING_PERCENT)) {
            return;
        }
        // Who follows a leader that is none any more has noticed by then.
        runFor(2_000L * Ensemble.TICK_MILLIS * Ensemble.SYNC_LIMIT_TICKS);
        heal();
        if (world.checkers.members().now().voters().size() < 3) {
            // The last change was decided only now: there is no minority any more.
            return;
        }
        Flapping flapping = new Flapping(world);
        flapping.start();
        runFor(FLAPPING_MICROS);
        flapping.stop();
        heal();
    }

    private void runFor(long micros) {
        long until = world.agenda.nowMicros() + micros;
        while (world.agenda.nowMicros() < until) {
            step();
        }
    }

    private String state(SimulatedServer server) {
        ServerProcess process = server.process();
        return process == null
                ? server.id() + " is down"
                : server.id() + " " + process.node().state() + " "
                        + process.node().phase() + " " + process.storage().epochs() + " " + process.replica()
                        + members(process.node().standing());
    }

    /** By which members it goes: where nobody leads, this and how far each log goes says why. */
    private static String members(Standing standing) {
        Membership proposed = standing.proposed();
        return " goes by " + text(standing.membership()) + (proposed == null ? "" : " and perhaps " + text(proposed));
    }

    private static String text(Membership membership) {
        return membership.voters() + " of " + membership.members().keySet() + " since "
                + Zxid.text(membership.version());
    }

    private boolean allServe() {
        int leaders = 0;
        for (SimulatedServer server : world.servers) {
            ServerProcess process = server.process();
            if (isLeftOut(server)) {
                continue;
            }
            if (process == null || !process.replica().isServing()) {
                return false;
            }
            leaders += process.replica().role() == PeerState.LEADING ? 1 : 0;
        }
        return leaders == 1;
    }

    /**
     * Whether a server has to wait for a later epoch: it has promised one to somebody who did not come to lead, and has no vote any more.
     * For a voter the leader makes way; for anybody else it must not, or whoever was removed could unseat it.
     */
    private boolean isLeftOut(SimulatedServer server) {
        ServerProcess process = server.process();
        if (process == null || server.isVoter() || process.replica().isServing()) {
            return false;
        }
        long promised = process.storage().epochs().accepted();
        return world.servers.stream()
                .map(SimulatedServer::process)
                .filter(each -> each != null && each.replica().role() == PeerState.LEADING)
                .allMatch(leader -> leader.storage().epochs().current() < promised);
    }

    /** Nobody asks for more; so before long everything asked is answered (L5) and all servers have the same state (L2). */
    private void rest() {
        clients.forEach(SimulatedClient::retire);
        long until = world.agenda.nowMicros() + REST_MICROS_MAX;
        while (!isAtRest()) {
            if (world.agenda.nowMicros() > until) {
                throw new Violation(
                        clients.stream().allMatch(SimulatedClient::isDone) ? "L2" : "L5",
                        "the servers do not come to rest: "
                                + world.servers.stream().map(this::state).toList() + " clients wait for "
                                + clients.stream()
                                        .map(SimulatedClient::outstanding)
                                        .toList());
            }
            step();
        }
    }

    private boolean isAtRest() {
        for (SimulatedClient client : clients) {
            if (!client.isDone()) {
                return false;
            }
        }
        long newest = world.checkers.history().lastZxid();
        for (SimulatedServer server : world.servers) {
            ServerProcess process = server.process();
            if (isLeftOut(server)) {
                continue;
            }
            if (process == null
                    || !process.replica().isServing()
                    || process.replica().reportedZxid() != newest
                    || process.replica().newestZxid() != newest) {
                return false;
            }
        }
        return true;
    }
}
