package io.zookit.pipeline;

/** What {@code srvr} and {@code stat} count. Kept by the owner of the state. */
final class Statistics {
    private static final double NANOS_PER_MILLI = 1e6;

    private long received;
    private long sent;
    private long latencyCount;
    private long latencyNanosSum;
    private long latencyNanosMin = Long.MAX_VALUE;
    private long latencyNanosMax;

    void countReceived() {
        received++;
    }

    void countSent() {
        sent++;
    }

    void latency(long nanos) {
        latencyCount++;
        latencyNanosSum += nanos;
        latencyNanosMin = Math.min(latencyNanosMin, nanos);
        latencyNanosMax = Math.max(latencyNanosMax, nanos);
    }

    long received() {
        return received;
    }

    long sent() {
        return sent;
    }

    long latencyMillisMin() {
        return latencyCount == 0 ? 0 : (long) (latencyNanosMin / NANOS_PER_MILLI);
    }

    double latencyMillisAverage() {
        return latencyCount == 0 ? 0 : latencyNanosSum / NANOS_PER_MILLI / latencyCount;
    }

    long latencyMillisMax() {
        return (long) (latencyNanosMax / NANOS_PER_MILLI);
    }
}
