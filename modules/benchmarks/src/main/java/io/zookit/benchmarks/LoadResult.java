package io.zookit.benchmarks;

/**
 * What one measured window gave.
 *
 * @param operations replies received
 * @param throughput replies per second
 * @param serverCpuMicros user and system time of the server's whole process for each reply; read in ticks of ten milliseconds
 * @param p50Micros median latency
 * @param p99Micros latency 99 of 100 requests stayed under
 * @param p999Micros latency 999 of 1,000 requests stayed under
 * @param worstMicros longest latency
 * @param driverCoreShare part of one core the driver's thread used
 */
public record LoadResult(
        long operations,
        double throughput,
        double serverCpuMicros,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double worstMicros,
        double driverCoreShare) {
    /** Above this share of a core the driver itself may have been the limit. */
    static final double LARGEST_DRIVER_SHARE = 0.8;

    /** Whether the throughput says more about the driver than about the server; processor time per reply stays good. */
    public boolean throughputIsVoid() {
        return driverCoreShare > LARGEST_DRIVER_SHARE;
    }
}
