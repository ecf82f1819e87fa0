package io.zookit.junit;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what servers do by themselves, within bounds. */
final class Patience {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Patience() {}

    /**
     * Waits until something holds.
     *
     * @param failure says what did not happen
     * @throws IllegalStateException when it does not hold within 30 s, or the thread is interrupted
     */
    static void await(BooleanSupplier holds, Supplier<String> failure) {
        if (!await(LONGEST_NANOS, holds)) {
            throw new IllegalStateException(failure.get() + " within " + TimeUnit.NANOSECONDS.toSeconds(LONGEST_NANOS)
                    + " s. Was a server stopped meanwhile?");
        }
    }

    /**
     * Waits until something holds, or the time is over.
     *
     * @return whether it holds
     * @throws IllegalStateException when the thread is interrupted
     */
    static boolean await(long nanos, BooleanSupplier holds) {
        long begin = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for a server");
            }
            if (System.nanoTime() - begin > nanos) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** Waits for the end of a step; it has no result and does not fail. */
    static void await(Future<Void> step, Supplier<String> failure) {
        await(step::isDone, failure);
    }
}
