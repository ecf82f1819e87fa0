package io.zookit.spi;

/** The two times a server reads. Injected everywhere, so that a test or a simulation can be the clock. Safe for all threads. */
public interface ServerClock {
    /** Milliseconds since 1970. May jump; only for what people and znodes show. */
    long wallMillis();

    /** Nanoseconds from an arbitrary start. Never goes back; all deadlines and durations use it. */
    long monotonicNanos();

    /** {@link #monotonicNanos} in milliseconds. */
    default long monotonicMillis() {
        return monotonicNanos() / 1_000_000;
    }

    /** The clock of the machine. */
    static ServerClock system() {
        return new ServerClock() {
            @Override
            public long wallMillis() {
                return System.currentTimeMillis();
            }

            @Override
            public long monotonicNanos() {
                return System.nanoTime();
            }
        };
    }
}
