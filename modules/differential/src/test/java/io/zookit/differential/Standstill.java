package io.zookit.differential;

import java.util.concurrent.TimeUnit;

/**
 * Whether the players were held up while they played a slice: this process, or the machine below it, stood still, or all went so
 * slowly that a session may have ended because its client had nothing to say for too long. What the servers do then is a matter of
 * time, and no slice says anything about it. Somebody has to tell it every now and then that time goes on; any thread may.
 */
final class Standstill {
    /** Shorter than what a client waits for an answer, and than any session's timeout. */
    static final long GAP_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    /** Shorter than any session's timeout: each session was heard of in the slice, or right before it. */
    static final long SLICE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(ServerPair.SESSION_TIMEOUT_MILLIS_MIN * 6L / 10);

    private long sliceNanos;
    private long beatNanos;
    private long longestGapNanos;

    /** A slice begins. */
    synchronized void begin(long nowNanos) {
        sliceNanos = nowNanos;
        beatNanos = nowNanos;
        longestGapNanos = 0;
    }

    /** Time goes on. */
    synchronized void beat(long nowNanos) {
        longestGapNanos = Math.max(longestGapNanos, nowNanos - beatNanos);
        beatNanos = nowNanos;
    }

    /** Whether the slice that ends now was held up. */
    synchronized boolean happened(long nowNanos) {
        beat(nowNanos);
        return longestGapNanos > GAP_NANOS_MAX || nowNanos - sliceNanos > SLICE_NANOS_MAX;
    }
}
