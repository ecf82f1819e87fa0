package io.zookit.benchmarks;

import java.util.Arrays;

/** Counts of latencies in buckets that grow with the value: 32 to each power of two, so an answer is within about 3 %. */
final class LatencyHistogram {
    private static final int BITS = 5;
    private static final int PER_POWER = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * PER_POWER];
    private long total;
    private long worstNanos;

    /** Adds a latency; a negative one counts as 0. */
    void add(long nanos) {
        counts[bucket(Math.max(nanos, 0))]++;
        total++;
        worstNanos = Math.max(worstNanos, nanos);
    }

    /** Adds all latencies of another. */
    void addAll(LatencyHistogram other) {
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        total += other.total;
        worstNanos = Math.max(worstNanos, other.worstNanos);
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
        worstNanos = 0;
    }

    /** How many latencies were added. */
    long total() {
        return total;
    }

    /** The longest in microseconds, exactly; 0 if there are none. */
    double worstMicros() {
        return worstNanos / 1_000.0;
    }

    /** The length in microseconds that the given share of all latencies, from 0 to 1, did not pass; 0 if there are none. */
    double micros(double share) {
        if (total == 0) {
            return 0;
        }
        long left = Math.max(1, (long) Math.ceil(share * total));
        for (int bucket = 0; bucket < counts.length; bucket++) {
            left -= counts[bucket];
            if (left <= 0) {
                return middle(bucket) / 1_000.0;
            }
        }
        return worstMicros();
    }

    private static int bucket(long nanos) {
        int power = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - BITS - 1);
        return power * PER_POWER + (int) (nanos >>> power);
    }

    private static double middle(int bucket) {
        int power = Math.max(0, bucket / PER_POWER - 1);
        return (bucket - power * PER_POWER + 0.5) * (1L << power);
    }
}
