package io.zookit.simulator;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.simulator.SimulationOptions.Fault;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whole clusters under every fault there is; more of them with {@code -Psoak}. */
class SimulationTest {
    private static final int STEPS = 8_000;

    /** Seeds that once found a mistake, in the core or in the simulator. The list only grows. */
    private static final long[] REMEMBERED = {
        2, 17, 19, 39, 45, 47, 60, 81, 90, 226, 241, 293, 367, 464, 494, 588, 672, 682, 732, 907, 913, 1016, 1378, 2318,
        30400, 11484
    };

    /** The same, of times when servers could lose their data, and members could change. */
    private static final long[] REMEMBERED_LATER = {
        15, 74, 100, 208, 327, 831, 1011, 500833, 501209, 2023800, 2036322, 5030384, 8014612, 8022205, 9009072,
        31003625, 72003286
    };

    private final Map<String, Long> happened = new TreeMap<>();
    private long steps;
    private long recoveries;
    private long answered;
    private long undecided;

    /** Without the kinds of fault that are younger than these seeds: with them they would be other stories. */
    private static SimulationOptions asItWas(long seed) {
        SimulationOptions options = SimulationOptions.of(seed, STEPS);
        Set<Fault> faults = EnumSet.copyOf(options.faults());
        faults.remove(Fault.WIPE);
        faults.remove(Fault.RECONFIG);
        return options.withFaults(faults);
    }

    private void run(SimulationOptions options) {
        SimulationResult result;
        try {
            result = Simulation.run(options);
        } catch (SimulationFailure failure) {
            throw new AssertionError("shrunk: " + Shrinker.shrink(failure, 40).getMessage(), failure);
        }
        steps += result.steps();
        recoveries += result.recoveries();
        answered += result.answered();
        undecided += result.undecidedHistories();
        result.counts().forEach((what, times) -> happened.merge(what, times, Long::sum));
    }

    @Test
    void noRuleIsBroken() {
        long seeds = Long.getLong("zookit.sim.seeds", 300);
        for (long seed : REMEMBERED) {
            run(asItWas(seed));
        }
        for (long seed : REMEMBERED_LATER) {
            run(SimulationOptions.of(seed, STEPS));
        }
        long first = Boolean.getBoolean("zookit.sim.fresh") ? System.currentTimeMillis() : 10_000;
        for (long seed = first; seed < first + seeds; seed++) {
            run(SimulationOptions.of(seed, STEPS));
        }
        System.out.printf(
                "simulated %,d steps, %,d crash recoveries, %,d answers checked, %d histories undecided, seeds from %d%n",
                steps, recoveries, answered, undecided, first);
        assertAll(
                () -> assertTrue(steps >= 8_000 * seeds, "only " + steps + " steps"),
                () -> assertTrue(recoveries >= 100 * seeds, "only " + recoveries + " recoveries"),
                () -> assertTrue(undecided <= seeds / 50, undecided + " histories could not be decided"));
        everythingHappened();
    }

    /** A simulation in which nothing goes wrong shows nothing. */
    private void everythingHappened() {
        for (String what : new String[] {
            "crash",
            "stops",
            "disk failed",
            "role LEADING",
            "role OBSERVING",
            "Trunc",
            "Snap",
            "reloads",
            "installs snapshot",
            "abandons snapshot",
            "expires",
            "event",
            "Revalidated",
            "Sync",
            "moves",
            "session moved",
            "allowed",
            "denied",
            "flaps",
            "fault DISK_STALL",
            "fault OLD_LEADER",
            "wiped",
            "members",
            "CommitAndActivate",
            "InformAndActivate",
            "reconfiguration refused",
            "marks"
        }) {
            assertTrue(happened.containsKey(what), () -> "never in all runs: " + what + "; " + happened);
        }
    }
}
