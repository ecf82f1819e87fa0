package io.zookit.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.zookit.simulator.mutant.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who checks the checkers: every known mistake is found, and within few seeds. */
class MutantsTest {
    private static final int STEPS = 8_000;
    private static final int SEEDS_MAX = Boolean.getBoolean("zookit.sim.fresh") ? 2_000 : 400;
    /** With fresh seeds nobody has seen before whether they find anything. */
    private static final long FIRST_SEED = Boolean.getBoolean("zookit.sim.fresh") ? System.currentTimeMillis() : 1;

    @TestFactory
    Stream<DynamicTest> everyMistakeIsFound() {
        return Arrays.stream(Mutant.values())
                .filter(mutant -> mutant != Mutant.NONE)
                .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> isFound(mutant)));
    }

    private static void isFound(Mutant mutant) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS_MAX; seed++) {
            try {
                Simulation.run(SimulationOptions.of(seed, STEPS).with(mutant));
            } catch (SimulationFailure found) {
                System.out.printf("| `%s` | %d | %s |%n", mutant, seed, found.rule());
                return;
            }
        }
        fail(mutant + " was not found within " + SEEDS_MAX + " seeds from " + FIRST_SEED
                + ": the simulation is too kind");
    }

    @Test
    void thePageOfMistakesNamesThemAll() throws IOException {
        String page = Files.readString(Path.of("MUTANTS.md"));
        for (Mutant mutant : Mutant.values()) {
            assertTrue(
                    mutant == Mutant.NONE || page.contains("`" + mutant + "`"), () -> "not in MUTANTS.md: " + mutant);
        }
    }

    @Test
    void thereAreMistakesOfManyKinds() {
        assertTrue(Mutant.values().length > 30);
    }
}
