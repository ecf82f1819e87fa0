package io.zookit.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The clocks at one end of a measured window.
 *
 * @param nanos the time
 * @param serverNanos processor time of the server so far; of all servers of an ensemble
 * @param driverNanos processor time of the calling thread so far
 */
record LoadMark(long nanos, long serverNanos, long driverNanos) {
    static LoadMark now(long serverProcess) {
        return now(List.of(serverProcess));
    }

    static LoadMark now(List<Long> serverProcesses) {
        long server = serverProcesses.stream().mapToLong(ProcessCpu::nanos).sum();
        long driver = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return new LoadMark(System.nanoTime(), server, driver);
    }

    LoadWindow since(LoadMark begin, long operations) {
        return new LoadWindow(
                operations, nanos - begin.nanos, serverNanos - begin.serverNanos, driverNanos - begin.driverNanos);
    }
}
