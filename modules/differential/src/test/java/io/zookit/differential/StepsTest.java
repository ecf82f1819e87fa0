package io.zookit.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.OpCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StepsTest {
    @Test
    void aSeedAlwaysGivesTheSameSteps() {
        assertEquals(
                new StepGenerator(5, true).steps(2_000).toString(),
                new StepGenerator(5, true).steps(2_000).toString());
    }

    @Test
    void everyOperationOfTheProtocolIsAsked() {
        Set<Integer> asked = new StepGenerator(1, false)
                .steps(20_000).stream()
                        .filter(Step.Request.class::isInstance)
                        .map(step -> ((Step.Request) step).operation())
                        .collect(Collectors.toSet());
        EnumSet<OpCode> missing = EnumSet.allOf(OpCode.class);
        missing.removeIf(code -> asked.contains(code.code()));
        assertTrue(missing.isEmpty(), () -> "never asked: " + missing);
    }

    @Test
    void theShortestListIsFound() {
        List<Step> steps = new StepGenerator(3, false).steps(300);
        Step first = steps.get(17);
        Step second = steps.get(211);
        Shrinker shrinker = new Shrinker(some -> some.contains(first) && some.contains(second), 1_000);
        assertEquals(List.of(first, second), shrinker.shortest(steps));
        assertEquals(steps, new Shrinker(some -> false, 1_000).shortest(steps));
    }
}
