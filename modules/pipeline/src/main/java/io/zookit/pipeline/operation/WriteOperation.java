package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.Txn;
import io.zookit.tree.Outcome;
import io.zookit.wire.JuteWriter;

/**
 * An operation that becomes a transaction.
 *
 * @param <R> its decoded request
 */
public non-sealed interface WriteOperation<R extends Request> extends Operation<R> {
    /**
     * Checks a request against the state after all transactions proposed so far and decides its transaction. Runs under the
     * ownership of the state; changes nothing itself.
     *
     * @return the transaction; {@link Txn.Rejected} when the request fails
     */
    Txn prepare(R request, PrepareContext context);

    /**
     * Whether it may make the data grow, so that it is refused while there is little room on the disk. Ends, deletions and checks do
     * not: they are what makes room.
     */
    default boolean grows(R request) {
        return true;
    }

    /** Whether it makes an ephemeral, so that all servers have to know its session first. */
    default boolean makesEphemeral(R request) {
        return false;
    }

    /**
     * What answers a request that is not carried out because of what it would make.
     *
     * @param reason why
     */
    default Refusal refusal(R request, ErrorCode reason) {
        return new Refusal(code(), reason);
    }

    /**
     * Writes the body of the reply once the transaction has been applied.
     *
     * @param outcome what applying it gave; never an error
     */
    void writeReply(Outcome outcome, JuteWriter reply);

    /** The same for an operation whose reply repeats a part of its transaction. */
    default void writeReply(Txn txn, Outcome outcome, JuteWriter reply) {
        writeReply(outcome, reply);
    }
}
