package io.zookit.consensus.zab;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads and processes do, within a bound that is only there to end a test that hangs. */
final class Waiting {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Waiting() {}

    static void until(BooleanSupplier condition, Supplier<String> what) {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("in vain waited until " + what.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
