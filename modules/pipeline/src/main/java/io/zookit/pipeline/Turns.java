package io.zookit.pipeline;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides which thread owns the replicated state: whoever brings work takes a turn if nobody has it, and otherwise leaves the work
 * to the one who does. So an idle server answers on the thread that read the request, without a hand-over; a busy one is worked
 * by one thread that never waits (decision page 0001).
 *
 * <p>The counter holds how often work was announced since the turn began. The owner gives the turn up only by taking that number
 * back to zero, so no announcement is lost; the atomic steps also hand the state over with all its changes visible.
 */
final class Turns {
    /** Rounds one thread works for others before it lets its own event loop breathe. */
    private static final int ROUNDS_MAX = 16;

    private final AtomicInteger announced = new AtomicInteger();
    private final Runnable round;
    private final Executor home;

    /**
     * @param round one round of work: everything that has been announced so far
     * @param home runs turns that nobody's thread should take on itself
     */
    Turns(Runnable round, Executor home) {
        this.round = round;
        this.home = home;
    }

    /** Announces work and, if nobody has the turn, does it on this thread. */
    void take() {
        if (announced.getAndIncrement() == 0) {
            work();
        }
    }

    /** Announces work and, if nobody has the turn, has it done on a home thread. */
    void request() {
        if (announced.getAndIncrement() == 0) {
            home.execute(this::work);
        }
    }

    private void work() {
        int seen = announced.get();
        for (int rounds = 0; rounds < ROUNDS_MAX; rounds++) {
            round.run();
            seen = announced.addAndGet(-seen);
            if (seen == 0) {
                return;
            }
        }
        // The turn is kept: the count is not zero, and the home thread goes on with it.
        home.execute(this::work);
    }
}
