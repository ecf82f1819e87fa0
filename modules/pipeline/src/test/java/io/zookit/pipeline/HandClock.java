package io.zookit.pipeline;

import io.zookit.spi.ServerClock;

/** A clock that a test moves. Its monotonic time may be negative, as that of a machine. */
final class HandClock implements ServerClock {
    private static final long WALL_MILLIS = 1_700_000_000_000L;
    private long monotonicMillis;
    private long wallMillis = WALL_MILLIS;

    HandClock(long monotonicMillis) {
        this.monotonicMillis = monotonicMillis;
    }

    void forward(long millis) {
        monotonicMillis += millis;
        wallMillis += millis;
    }

    @Override
    public long wallMillis() {
        return wallMillis;
    }

    @Override
    public long monotonicNanos() {
        return monotonicMillis * 1_000_000;
    }
}
