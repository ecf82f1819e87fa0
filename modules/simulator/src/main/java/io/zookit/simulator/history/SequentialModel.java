package io.zookit.simulator.history;

import org.jspecify.annotations.Nullable;

/**
 * What one object does when its operations come one after the other. Pure: the same arguments give the same answer.
 *
 * @param <S> states, immutable, with {@code equals} and {@code hashCode}
 * @param <I> questions
 * @param <O> answers
 */
public interface SequentialModel<S, I, O> {
    /** The state before the first operation. */
    S initial();

    /**
     * One operation.
     *
     * @param state the state before it
     * @param input what is asked
     * @param output what was answered, {@code null} when nobody knows: then any answer will do
     * @return the state after it, {@code null} when the operation cannot have given this answer in this state
     */
    @Nullable
    S step(S state, I input, @Nullable O output);
}
