package io.zookit.pipeline;

import io.zookit.pipeline.words.ServerFacts.Latency;
import java.util.Arrays;
import java.util.Map;

/**
 * Latencies: as a {@link Summary} in milliseconds, and how many there were of about which length. Kept by the owner of the state.
 */
final class LatencySummary {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Milliseconds below this are counted exactly, longer ones to the eighth part of a power of two. */
    private static final int EXACT = 16;

    private static final int STEPS_LOG2 = 3;
    private static final int STEPS = 1 << STEPS_LOG2;
    private static final int EXACT_LOG2 = 4;
    private static final int BUCKETS = EXACT + (Long.SIZE - EXACT_LOG2) * STEPS;

    private final Summary millis = new Summary();
    private final long[] buckets = new long[BUCKETS];
    private long nanosSum;

    void add(long nanos) {
        long value = nanos / NANOS_PER_MILLI;
        millis.add(value);
        nanosSum += nanos;
        buckets[bucket(value)]++;
    }

    void reset() {
        millis.reset();
        nanosSum = 0;
        Arrays.fill(buckets, 0);
    }

    /** Least and greatest in whole milliseconds; the mean knows parts of them. */
    Latency latency() {
        return new Latency(millis.min(), averageMillis(), millis.max());
    }

    /** The latencies of both. */
    Latency with(LatencySummary other) {
        if (millis.count() == 0 || other.millis.count() == 0) {
            return millis.count() == 0 ? other.latency() : latency();
        }
        double sum = (double) nanosSum + other.nanosSum;
        return new Latency(
                Math.min(millis.min(), other.millis.min()),
                sum / (millis.count() + other.millis.count()) / NANOS_PER_MILLI,
                Math.max(millis.max(), other.millis.max()));
    }

    private double averageMillis() {
        long count = millis.count();
        return count == 0 ? 0 : (double) nanosSum / count / NANOS_PER_MILLI;
    }

    /**
     * The latency that this part of all requests did not exceed, up to the width of a bucket.
     *
     * @param part above 0, at most 1
     * @return milliseconds, 0 when there was no request
     */
    long percentileMillis(double part) {
        long wanted = (long) Math.ceil(part * millis.count());
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += buckets[bucket];
            if (seen >= wanted && wanted > 0) {
                return leastOf(bucket);
            }
        }
        return 0;
    }

    /** Writes the nine lines of a summary with percentiles. */
    void writeTo(Map<String, Number> metrics, String name) {
        millis.writeTo(metrics, name);
        metrics.put("avg_" + name, averageMillis());
        metrics.put("p50_" + name, percentileMillis(0.5));
        metrics.put("p95_" + name, percentileMillis(0.95));
        metrics.put("p99_" + name, percentileMillis(0.99));
        metrics.put("p999_" + name, percentileMillis(0.999));
    }

    private static int bucket(long value) {
        if (value < EXACT) {
            return (int) value;
        }
        int log2 = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int step = (int) (value >>> (log2 - STEPS_LOG2)) & (STEPS - 1);
        return EXACT + (log2 - EXACT_LOG2) * STEPS + step;
    }

    private static long leastOf(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int log2 = (bucket - EXACT) / STEPS + EXACT_LOG2;
        int steps = STEPS + (bucket - EXACT) % STEPS;
        return (long) steps << (log2 - STEPS_LOG2);
    }
}
