package io.zookit.benchmarks;

import java.time.Duration;

/** The processor time of another process of this machine. */
final class ProcessCpu {
    private ProcessCpu() {}

    /**
     * User and system time since the process began, in nanoseconds, though it moves in ticks of ten milliseconds.
     *
     * @throws IllegalStateException when there is no such process, or the system does not tell
     */
    static long nanos(long process) {
        return ProcessHandle.of(process)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow(
                        () -> new IllegalStateException("process " + process + " has no processor time: did it end?"));
    }
}
