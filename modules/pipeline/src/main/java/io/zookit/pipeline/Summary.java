package io.zookit.pipeline;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Least, greatest, sum and number of some values. One thread adds; any thread may read, and sees numbers that were right a moment
 * ago.
 */
final class Summary {
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong sum = new AtomicLong();
    private final AtomicLong min = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong max = new AtomicLong();
    private volatile boolean resetWanted;

    /**
     * Adds a value.
     *
     * @param value not negative
     */
    void add(long value) {
        if (resetWanted) {
            clear();
        }
        // Only this thread writes, so plain steps do; the order makes the count the last to show.
        sum.lazySet(sum.getPlain() + value);
        if (value < min.getPlain()) {
            min.lazySet(value);
        }
        if (value > max.getPlain()) {
            max.lazySet(value);
        }
        count.lazySet(count.getPlain() + 1);
    }

    private void clear() {
        count.lazySet(0);
        sum.lazySet(0);
        min.lazySet(Long.MAX_VALUE);
        max.lazySet(0);
        resetWanted = false;
    }

    /** Forgets all values, now for readers and before the next one for the thread that adds. Any thread. */
    void reset() {
        resetWanted = true;
    }

    long count() {
        return resetWanted ? 0 : count.get();
    }

    long sum() {
        return resetWanted ? 0 : sum.get();
    }

    /** The least value, 0 when there is none. */
    long min() {
        return count() == 0 ? 0 : min.get();
    }

    /** The greatest value, 0 when there is none. */
    long max() {
        return resetWanted ? 0 : max.get();
    }

    /** The mean, 0 when there is no value. */
    double average() {
        long values = count();
        return values == 0 ? 0 : (double) sum() / values;
    }

    /** Writes the five lines of a summary. */
    void writeTo(Map<String, Number> metrics, String name) {
        metrics.put("avg_" + name, average());
        metrics.put("min_" + name, min());
        metrics.put("max_" + name, max());
        metrics.put("cnt_" + name, count());
        metrics.put("sum_" + name, sum());
    }
}
