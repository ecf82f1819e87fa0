package io.zookit.pipeline;

import io.zookit.model.OpCode;
import io.zookit.pipeline.words.ServerFacts.Latency;
import org.jspecify.annotations.Nullable;

/** What {@code cons} tells of one connection. Kept by the owner of the state. */
final class ConnectionStatistics {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NONE = -1;

    private long received;
    private long sent;
    private @Nullable OpCode lastOperation;
    private long lastXid = NONE;
    private long lastZxid = NONE;
    private long lastReplyNanos;
    private long lastLatencyNanos;
    private long latencyNanosMin = Long.MAX_VALUE;
    private long latencyNanosMax;
    private long latencyNanosSum;
    private long answered;

    void countReceived() {
        received++;
    }

    void countSent() {
        sent++;
    }

    /**
     * A request was answered.
     *
     * @param operation what it was; {@code null} when it was refused as a change, which has no short name
     * @param xid its number; those below 0 are no requests of the client's user and leave the last one standing
     * @param nowNanos of the monotonic clock
     */
    void answered(@Nullable OpCode operation, int xid, long zxid, long nowNanos, long latencyNanos) {
        lastOperation = operation;
        if (xid >= 0) {
            lastXid = xid;
        }
        lastZxid = zxid;
        lastReplyNanos = nowNanos;
        lastLatencyNanos = latencyNanos;
        latencyNanosMin = Math.min(latencyNanosMin, latencyNanos);
        latencyNanosMax = Math.max(latencyNanosMax, latencyNanos);
        latencyNanosSum += latencyNanos;
        answered++;
    }

    /** Begins anew, as {@code crst} asks for. */
    void reset() {
        received = 0;
        sent = 0;
        lastOperation = null;
        lastXid = NONE;
        lastZxid = NONE;
        lastReplyNanos = 0;
        lastLatencyNanos = 0;
        latencyNanosMin = Long.MAX_VALUE;
        latencyNanosMax = 0;
        latencyNanosSum = 0;
        answered = 0;
    }

    long received() {
        return received;
    }

    long sent() {
        return sent;
    }

    /** The short name of what was answered last. */
    String lastOperation() {
        return lastOperation == null ? OperationNames.NONE : OperationNames.of(lastOperation);
    }

    long lastXid() {
        return lastXid;
    }

    long lastZxid() {
        return lastZxid;
    }

    long lastReplyMillis() {
        return lastReplyNanos / NANOS_PER_MILLI;
    }

    long lastLatencyMillis() {
        return lastLatencyNanos / NANOS_PER_MILLI;
    }

    Latency latency() {
        return answered == 0
                ? new Latency(0, 0, 0)
                : new Latency(
                        latencyNanosMin / NANOS_PER_MILLI,
                        (double) latencyNanosSum / answered / NANOS_PER_MILLI,
                        latencyNanosMax / NANOS_PER_MILLI);
    }
}
