package io.zookit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** A seed is a story: told again, it is the same to the last detail. */
class DeterminismTest {
    private static final int STEPS = 6_000;

    @Test
    void aSeedRunsTheSameWayTwice() {
        for (long seed = 1; seed <= 12; seed++) {
            SimulationOptions options = SimulationOptions.of(seed, STEPS);
            assertEquals(Simulation.run(options), Simulation.run(options), "seed " + seed);
        }
    }

    @Test
    void theOrderOfHashTablesChangesNothing() {
        for (long seed = 1; seed <= 12; seed++) {
            SimulationOptions options = SimulationOptions.of(seed, STEPS);
            SimulationResult salted = Simulation.run(options.withHashSalt(0x5eed_5a17_0dd5L * seed));
            assertEquals(Simulation.run(options), salted, "seed " + seed);
        }
    }

    @Test
    void whoeverListensChangesNothing() {
        SimulationOptions options = SimulationOptions.of(5, STEPS);
        long[] lines = new long[1];
        assertEquals(Simulation.run(options), Simulation.run(options, line -> lines[0]++));
        assertNotEquals(0, lines[0]);
    }

    @Test
    void twoSeedsAreTwoStories() {
        assertNotEquals(
                Simulation.run(SimulationOptions.of(1, STEPS)).traceHash(),
                Simulation.run(SimulationOptions.of(2, STEPS)).traceHash());
    }
}
