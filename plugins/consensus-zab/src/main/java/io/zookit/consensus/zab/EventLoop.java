package io.zookit.consensus.zab;

import io.zookit.spi.ServerClock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    private final LinkedBlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final ServerClock clock;
    private final Consumer<Throwable> fatal;
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
    }

    /** Ends the loop after the event it is at. Any thread. */
    void stop() {
        stopped = true;
        events.add(() -> {});
    }

    /** Runs until it is stopped. */
    void run(Driven driven) {
        try {
            while (!stopped) {
                round(driven);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            stopped = true;
            fatal.accept(bug);
        }
    }

    private void round(Driven driven) throws InterruptedException {
        Runnable event = next(driven);
        driven.beginRound(clock.monotonicMillis());
        for (int count = 1; event != null && !stopped; count++) {
            event.run();
            event = count < ROUND_EVENTS_MAX ? events.poll() : null;
        }
        driven.endRound();
    }

    private @Nullable Runnable next(Driven driven) throws InterruptedException {
        Runnable event = events.poll();
        if (event != null) {
            return event;
        }
        long deadline = driven.nextDeadlineMillis();
        long wait = deadline == Long.MAX_VALUE
                ? LONGEST_WAIT_MILLIS
                : Math.min(deadline - clock.monotonicMillis(), LONGEST_WAIT_MILLIS);
        return wait > 0 ? events.poll(wait, TimeUnit.MILLISECONDS) : null;
    }
}
