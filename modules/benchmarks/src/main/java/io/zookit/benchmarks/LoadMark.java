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

    LoadWindow since(LoadMark begin, long operations) {
        return new LoadWindow(
                operations, nanos - begin.nanos, serverNanos - begin.serverNanos, driverNanos - begin.driverNanos);
    }
}
