package io.zookit.simulator.history;

import io.zookit.model.Check;
import org.jspecify.annotations.Nullable;

/**
 * One operation of one client on one object.
 *
 * @param client who asked, for messages only
 * @param begin when it was asked; any clock that all clients of the history share
 * @param end when the answer came, after {@code begin}; {@link #NEVER} when none came, so that the operation may take effect at
 *     any time after its begin, or not at all
 * @param input what was asked
 * @param output what was answered, {@code null} exactly when no answer came
 * @param <I> questions
 * @param <O> answers
 */
public record Operation<I, O>(
        long client,
        long begin,
        long end,
        I input,
        @Nullable O output) {
    /** The end of an operation whose outcome nobody knows. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Checks the record. */
    public Operation {
        Check.state(begin < end, "an operation ends after its begin");
        Check.state(
                (output == null) == (end == NEVER), "an operation without an answer never ends, and only such a one");
    }

    /** An operation that was asked and never answered. */
    public static <I, O> Operation<I, O> unanswered(long client, long begin, I input) {
        return new Operation<>(client, begin, NEVER, input, null);
    }

    /** Whether nobody knows what came of it. */
    public boolean isUnanswered() {
        return end == NEVER;
    }
}
