package io.zookit.benchmarks;

/**
 * What passed in one measured window, or in several together.
 *
 * @param operations replies received
 * @param nanos how long it took
 * @param serverNanos processor time of the server
 * @param driverNanos processor time of the driver's thread
 */
record LoadWindow(long operations, long nanos, long serverNanos, long driverNanos) {
    static final LoadWindow NONE = new LoadWindow(0, 0, 0, 0);

    LoadWindow plus(LoadWindow other) {
        return new LoadWindow(
                operations + other.operations,
                nanos + other.nanos,
                serverNanos + other.serverNanos,
                driverNanos + other.driverNanos);
    }

    /** The figures for each reply, and the latencies of all. */
    LoadResult result(LatencyHistogram histogram) {
        return new LoadResult(
                operations,
                operations * 1e9 / nanos,
                serverNanos / 1e3 / Math.max(1, operations),
                histogram.micros(0.5),
                histogram.micros(0.99),
                histogram.micros(0.999),
                histogram.worstMicros(),
                (double) driverNanos / nanos);
    }
}
