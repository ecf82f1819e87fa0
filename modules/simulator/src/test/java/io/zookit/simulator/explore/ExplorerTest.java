package io.zookit.simulator.explore;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.zookit.simulator.check.Violation;
import io.zookit.simulator.mutant.Mutant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every story of three servers with a few deviations from the usual one; more of them with {@code -Psoak}. */
class ExplorerTest {
    private static final int STATES_MAX = Integer.getInteger("zookit.explore.states", 17_000);
    private static final Bounds BOUNDS = new Bounds(2, 2, 1, STATES_MAX);
    private static final Bounds FEW = new Bounds(2, 2, 1, 9_000);

    @Test
    void noStoryBreaksARule() {
        int states = 0;
        List<Exploration> seen = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            Exploration exploration = Explorer.explore(shape, Mutant.NONE, BOUNDS, 1);
            System.out.println(exploration);
            seen.add(exploration);
            states += exploration.states();
        }
        int all = states;
        System.out.printf("explored %,d distinct states%n", all);
        assertAll(
                () -> assertTrue(all >= 50_000, "only " + all + " states"),
                () -> seen.forEach(each -> assertTrue(each.completeDeviations() >= 1, () -> each + " is too few")));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "APPENDED_WITHOUT_SYNC",
                "ACCEPTED_EPOCH_NOT_SAVED",
                "TRUNCATION_NOT_DONE",
                "ACKNOWLEDGED_AS_SOON_AS_SENT",
                "NEW_LEADER_ANSWERED_AT_ONCE",
                "LEARNER_UNDERSTATES_ITS_HISTORY"
            })
    void aMistakeIsFoundAndToldAgain(Mutant mutant) {
        for (Shape shape : Shape.values()) {
            try {
                Explorer.explore(shape, mutant, FEW, 1);
            } catch (ExplorationFailure found) {
                System.out.printf("| `%s` | %s | %s | %s |%n", mutant, shape, found.deviations(), found.rule());
                List<String> story = new ArrayList<>();
                Violation again = assertThrows(
                        Violation.class, () -> Explorer.replay(shape, mutant, found.deviations(), story::add));
                assertEquals(found.rule(), again.rule());
                assertTrue(String.valueOf(found.getMessage())
                        .contains("-Dzookit.explore.deviations=" + found.deviations()));
                assertNotEquals(List.of(), story);
                return;
            }
        }
        fail(mutant + " was not found");
    }

    @Test
    void anExplorationIsTheSameTwice() {
        Bounds bounds = new Bounds(2, 1, 1, 2_500);
        assertEquals(
                Explorer.explore(Shape.STALE, Mutant.NONE, bounds, 7),
                Explorer.explore(Shape.STALE, Mutant.NONE, bounds, 7));
    }

    @Test
    void withoutDeviationsThereIsOneStory() {
        Exploration exploration = Explorer.explore(Shape.FRESH, Mutant.NONE, new Bounds(0, 0, 0, 1_000), 1);
        assertEquals(1, exploration.stories());
        List<String> story = new ArrayList<>();
        Explorer.replay(Shape.FRESH, Mutant.NONE, "none", story::add);
        assertEquals(
                2, story.stream().filter(line -> line.startsWith("propose")).count());
    }
}
