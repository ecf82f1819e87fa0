package io.zookit.storage.mapdb;

/**
 * How fast the log grows, and so whether it pays to fill the next file with zeros ahead of its use. It pays for lone writes, which
 * wait for the disk; a log that fills a file in seconds is written in groups, and the processor has better things to do.
 */
final class LogPace {
    private static final long CALM_NANOS = 10_000_000_000L;

    private long begunNanos;

    /** A file is begun. */
    void fileBegins(long nowNanos) {
        begunNanos = nowNanos;
    }

    /**
     * Whether a file lasts for long.
     *
     * @param halfFull whether the current one is half full
     */
    boolean isCalm(long nowNanos, boolean halfFull) {
        return nowNanos - begunNanos >= (halfFull ? CALM_NANOS / 2 : CALM_NANOS);
    }
}
