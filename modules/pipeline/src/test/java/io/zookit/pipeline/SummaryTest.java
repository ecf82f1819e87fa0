package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.pipeline.words.ServerFacts.Latency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Summary summary = new Summary();
    private final LatencySummary latencies = new LatencySummary();

    @Test
    void nothingIsZeroEverywhere() {
        Map<String, Number> metrics = new LinkedHashMap<>();
        summary.writeTo(metrics, "x");
        assertEquals("{avg_x=0.0, min_x=0, max_x=0, cnt_x=0, sum_x=0}", metrics.toString());
        assertEquals(new Latency(0, 0, 0), latencies.latency());
        assertEquals(0, latencies.percentileMillis(0.99));
    }

    @Test
    void valuesAreSummedUp() {
        List.of(4L, 2L, 9L).forEach(summary::add);
        assertEquals(List.of(2L, 9L, 3L, 15L), List.of(summary.min(), summary.max(), summary.count(), summary.sum()));
        assertEquals(5.0, summary.average());
    }

    @Test
    void aResetShowsAtOnceAndHoldsForTheNextValue() {
        summary.add(7);
        summary.reset();
        assertEquals(0, summary.count() + summary.sum() + summary.min() + summary.max());
        summary.add(3);
        assertEquals(List.of(3L, 3L, 1L, 3L), List.of(summary.min(), summary.max(), summary.count(), summary.sum()));
    }

    @Test
    void leastAndGreatestAreWholeMillisecondsAndTheMeanIsNot() {
        latencies.add(NANOS_PER_MILLI / 2);
        latencies.add(3 * NANOS_PER_MILLI);
        assertEquals(new Latency(0, 1.75, 3), latencies.latency());
        latencies.reset();
        assertEquals(new Latency(0, 0, 0), latencies.latency());
    }

    @Test
    void twoSummariesTogetherAreAsOne() {
        LatencySummary others = new LatencySummary();
        latencies.add(2 * NANOS_PER_MILLI);
        assertEquals(new Latency(2, 2, 2), latencies.with(others), "nothing does not count");
        assertEquals(new Latency(2, 2, 2), others.with(latencies));
        others.add(5 * NANOS_PER_MILLI);
        others.add(NANOS_PER_MILLI / 2);
        assertEquals(new Latency(0, 2.5, 5), latencies.with(others));
    }

    @Test
    void percentilesAreExactForShortLatenciesAndWithinAnEighthForLongOnes() {
        for (long millis = 1; millis <= 1000; millis++) {
            latencies.add(millis * NANOS_PER_MILLI);
        }
        assertEquals(1, latencies.percentileMillis(0.001));
        assertEquals(10, latencies.percentileMillis(0.01));
        for (double part : new double[] {0.5, 0.95, 0.99, 0.999}) {
            long exact = Math.round(part * 1000);
            long told = latencies.percentileMillis(part);
            assertTrue(told <= exact && told > exact * 7 / 8, part + " gives " + told);
        }
    }

    @Test
    void theLongestLatencyHasAPlace() {
        latencies.add(Long.MAX_VALUE);
        long told = latencies.percentileMillis(1);
        assertTrue(told > Long.MAX_VALUE / NANOS_PER_MILLI / 8 * 7, () -> "got " + told);
    }
}
