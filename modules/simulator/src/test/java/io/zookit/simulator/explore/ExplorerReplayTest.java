package io.zookit.simulator.explore;

import io.zookit.simulator.mutant.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tells the story that the message of a failure names. */
@EnabledIfSystemProperty(named = "zookit.explore.shape", matches = "[A-Z_]+")
class ExplorerReplayTest {
    @Test
    void aStoryIsToldAgain() {
        Explorer.replay(
                Shape.valueOf(System.getProperty("zookit.explore.shape")),
                Mutant.valueOf(System.getProperty("zookit.sim.mutant", "NONE")),
                System.getProperty("zookit.explore.deviations", "none"),
                System.out::println);
    }
}
