package io.zookit.pipeline.operation;

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
     * Writes the body of the reply once the transaction has been applied.
     *
     * @param outcome what applying it gave; never an error
     */
    void writeReply(Outcome outcome, JuteWriter reply);
}
