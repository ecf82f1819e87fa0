package io.zookit.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * The clocks at one end of a measured window.
 *
 * @param nanos the time
 * @param serverNanos processor time of the server so far
 * @param driverNanos processor time of the calling thread so far
 */
record LoadMark(long nanos, long serverNanos, long driverNanos) {
    static LoadMark now(long serverProcess) {
        long server = ProcessCpu.nanos(serverProcess);
        long driver = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return new LoadMark(System.nanoTime(), server, driver);
    }

    LoadResult since(LoadMark begin, long operations, LatencyHistogram histogram) {
        double elapsed = nanos - begin.nanos;
        double driver = driverNanos - begin.driverNanos;
        double divisor = Math.max(1, operations);
        return new LoadResult(
                operations,
                operations * 1e9 / elapsed,
                (serverNanos - begin.serverNanos) / 1e3 / divisor,
                histogram.micros(0.5),
                histogram.micros(0.99),
                histogram.micros(0.999),
                histogram.worstMicros(),
                driver / elapsed);
    }
}
