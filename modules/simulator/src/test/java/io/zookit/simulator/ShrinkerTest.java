package io.zookit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.simulator.mutant.Mutant;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static SimulationFailure found() {
        for (long seed = 1; seed < 200; seed++) {
            try {
                Simulation.run(SimulationOptions.of(seed, 8_000).with(Mutant.SNAPSHOT_OF_UNCOMMITTED_STATE));
            } catch (SimulationFailure failure) {
                return failure;
            }
        }
        throw new AssertionError("no failure to shrink");
    }

    @Test
    void aFailureBecomesShorterAndStaysTheSame() {
        SimulationFailure failure = found();
        SimulationFailure shrunk = Shrinker.shrink(failure, 60);
        assertEquals(failure.rule(), shrunk.rule());
        assertTrue(shrunk.step() <= failure.step());
        assertTrue(
                shrunk.options().faults().size() <= failure.options().faults().size());
        SimulationFailure again =
                assertThrows(SimulationFailure.class, () -> Simulation.run(shrunk.options()), shrunk::getMessage);
        assertEquals(shrunk.getMessage(), again.getMessage());
    }

    @Test
    void aFailureSaysHowToSeeItAgain() {
        String message = String.valueOf(found().getMessage());
        assertTrue(message.contains("-Dzookit.sim.seed="), message);
        assertTrue(message.contains("-Dzookit.sim.mutant=SNAPSHOT_OF_UNCOMMITTED_STATE"), message);
    }
}
