package io.zookit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void anEmptyHistogramAnswersZero() {
        assertEquals(0, histogram.total());
        assertEquals(0, histogram.micros(0.99));
        assertEquals(0, histogram.worstMicros());
    }

    @Test
    void everySharesAnswerIsWithinThreePercentOfTheSortedTruth() {
        long seed = 20261121;
        Random random = new Random(seed);
        long[] nanos = new long[10_000];
        for (int index = 0; index < nanos.length; index++) {
            nanos[index] = (long) Math.exp(random.nextDouble() * 23);
            histogram.add(nanos[index]);
        }
        Arrays.sort(nanos);
        for (double share : new double[] {0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1}) {
            double truth = nanos[(int) Math.ceil(share * nanos.length) - 1] / 1_000.0;
            double answer = histogram.micros(share);
            assertTrue(Math.abs(answer - truth) <= 0.032 * truth + 0.001, () -> "seed %d, share %s: %s, not %s"
                    .formatted(seed, share, answer, truth));
        }
        assertEquals(nanos.length, histogram.total());
    }

    @Test
    void theWorstIsExact() {
        histogram.add(123_456_789);
        histogram.add(5);
        assertEquals(123_456.789, histogram.worstMicros());
    }

    @Test
    void theLongestTimeThereIsHasABucketAndANegativeOneCountsAsZero() {
        histogram.add(Long.MAX_VALUE);
        histogram.add(-3);
        assertEquals(2, histogram.total());
        assertEquals(0, histogram.micros(0.5), 0.001);
        assertEquals(Long.MAX_VALUE / 1_000.0, histogram.micros(1), Long.MAX_VALUE / 30_000.0);
    }

    @Test
    void bucketsFollowOnEachOtherWithoutAGap() {
        double last = -1;
        for (int nanos = 0; nanos < 5_000; nanos++) {
            LatencyHistogram one = new LatencyHistogram();
            one.add(nanos);
            double answer = one.micros(0.5) * 1_000;
            assertTrue(answer >= last, "the answer for " + nanos + " ns is less than that for one less");
            last = answer;
        }
    }

    @Test
    void aClearedHistogramHasForgottenEverything() {
        histogram.add(1_000_000);
        histogram.clear();
        histogram.add(2_000);
        assertEquals(1, histogram.total());
        assertEquals(2, histogram.micros(1), 0.07);
        assertEquals(2, histogram.worstMicros());
    }
}
