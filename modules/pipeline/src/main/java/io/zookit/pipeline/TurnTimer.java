package io.zookit.pipeline;

import io.zookit.spi.ServerClock;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Has the owner of the state take a turn when a deadline comes and nobody else would. One thread that sleeps in between. */
final class TurnTimer implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerClock clock;
    private final Runnable announce;
    private final Thread thread;
    private final AtomicLong deadlineMillis = new AtomicLong(NEVER);
    private volatile boolean closed;

    TurnTimer(ServerClock clock, Runnable announce, ThreadFactory threads) {
        this.clock = clock;
        this.announce = announce;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Sets when the next turn is needed, in milliseconds of the monotonic clock. Called by the owner at the end of its turn. */
    void at(long millis) {
        long before = deadlineMillis.getAndSet(millis);
        if (millis < before) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            long deadline = deadlineMillis.get();
            long wait = deadline == NEVER ? NEVER : deadline - clock.monotonicMillis();
            if (wait == NEVER) {
                LockSupport.park(this);
            } else if (wait > 0) {
                LockSupport.parkNanos(this, wait * NANOS_PER_MILLI);
            } else if (deadlineMillis.compareAndSet(deadline, NEVER)) {
                announce.run();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        Threads.join(thread);
    }
}
