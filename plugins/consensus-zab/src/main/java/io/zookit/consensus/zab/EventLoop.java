package io.zookit.consensus.zab;

import io.zookit.spi.ServerClock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the node and everything around it that is not said to belong to another one. It takes events in rounds,
 * and the end of a round is when links are written. The queue has no bound of its own: readers of links wait for permits, the
 * pipeline has its credits, and the rest are answers to what this thread has asked for.
 */
final class EventLoop {
    /** The most events of a round: bounds what waits to be written. */
    private static final int ROUND_EVENTS_MAX = 1024;

    private static final long LONGEST_WAIT_MILLIS = 60_000;

    /** What the loop drives. */
    interface Driven {
        /** Time has passed, perhaps; called at the beginning of each round. */
        void beginRound(long nowMillis);

        /** Everything of this round was handled. */
        void endRound();

        /** When a round is needed without an event. */
        long nextDeadlineMillis();
    }

    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final ServerClock clock;
    private final Consumer<Throwable> fatal;
    /** The thread of the loop while it sleeps, or is about to; whoever brings an event then wakes it. */
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

    private volatile boolean stopped;

    /**
     * @param fatal gets a bug of ours that ended the loop
     */
    EventLoop(ServerClock clock, Consumer<Throwable> fatal) {
        this.clock = clock;
        this.fatal = fatal;
    }

    /** Adds an event. Any thread. */
    void submit(Runnable event) {
        events.add(event);
        if (sleeper.get() != null) {
            Thread sleeping = sleeper.getAndSet(null);
            LockSupport.unpark(sleeping);
        }
    }

    /** Ends the loop after the event it is at. Any thread. */
    void stop() {
        stopped = true;
        submit(() -> {});
    }

    /** Runs until it is stopped. */
    void run(Driven driven) {
        try {
            while (!stopped) {
                round(driven);
            }
        } catch (RuntimeException | Error bug) {
            stopped = true;
            fatal.accept(bug);
        }
    }

    private void round(Driven driven) {
        Runnable event = next(driven);
        driven.beginRound(clock.monotonicMillis());
        for (int count = 1; event != null && !stopped; count++) {
            event.run();
            event = count < ROUND_EVENTS_MAX ? events.poll() : null;
        }
        driven.endRound();
    }

    private @Nullable Runnable next(Driven driven) {
        Runnable event = events.poll();
        if (event != null) {
            return event;
        }
        long deadline = driven.nextDeadlineMillis();
        long wait = deadline == Long.MAX_VALUE
                ? LONGEST_WAIT_MILLIS
                : Math.min(deadline - clock.monotonicMillis(), LONGEST_WAIT_MILLIS);
        if (wait > 0) {
            sleep(wait);
        }
        return events.poll();
    }

    /** Sleeps unless there is an event by now: one that is added later finds the sleeper. */
    private void sleep(long millis) {
        sleeper.set(Thread.currentThread());
        if (events.isEmpty()) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
        }
        sleeper.set(null);
    }
}
