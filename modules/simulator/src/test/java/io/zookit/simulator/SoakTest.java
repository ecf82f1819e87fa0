package io.zookit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * One seed after the other for so many minutes, from a seed on; what it prints says where the next piece begins. A broken rule is shrunk and
 * printed at once, and the run goes on.
 */
@EnabledIfSystemProperty(named = "zookit.soak.minutes", matches = "\\d+")
class SoakTest {
    private static final int STEPS = 8_000;
    private static final int FAILURES_MAX = 10;
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<String> failures = new ArrayList<>();
    private final long begin = System.nanoTime();
    private long steps;
    private long recoveries;
    private long answered;

    @Test
    void noRuleIsBrokenForSoLong() {
        long first = Long.getLong("zookit.soak.seed", System.currentTimeMillis());
        long end = begin + TimeUnit.MINUTES.toNanos(Long.getLong("zookit.soak.minutes", 1));
        long report = begin + REPORT_NANOS;
        long seed = first;
        while (System.nanoTime() - end < 0 && failures.size() < FAILURES_MAX) {
            run(seed++);
            if (System.nanoTime() - report > 0) {
                report += REPORT_NANOS;
                print(first, seed);
            }
        }
        print(first, seed);
        assertEquals(List.of(), failures);
    }

    private void run(long seed) {
        try {
            SimulationResult result = Simulation.run(SimulationOptions.of(seed, STEPS));
            steps += result.steps();
            recoveries += result.recoveries();
            answered += result.answered();
        } catch (SimulationFailure failure) {
            String shrunk = String.valueOf(Shrinker.shrink(failure, 40).getMessage());
            failures.add("seed " + seed + ": " + shrunk);
            System.out.println("seed " + seed + ": " + shrunk);
        }
    }

    private void print(long first, long next) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "soak: seeds %d to %d, %,d steps, %,.0f steps/s, %,d crash recoveries, %,d answers checked, %d failures; next -Dzookit.soak.seed=%d%n",
                first,
                next - 1,
                steps,
                steps / seconds,
                recoveries,
                answered,
                failures.size(),
                next);
    }
}
