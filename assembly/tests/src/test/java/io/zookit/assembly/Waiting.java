package io.zookit.assembly;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other processes do, within a bound that is only there to end a test that hangs. */
final class Waiting {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Waiting() {}

    /** Something that may hold by now. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Condition condition, Supplier<String> what) throws Exception {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("in vain waited until " + what.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
