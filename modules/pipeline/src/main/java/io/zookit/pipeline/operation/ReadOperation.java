package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.wire.JuteWriter;

/**
 * An operation that changes nothing and is answered from the local state.
 *
 * @param <R> its decoded request
 */
public non-sealed interface ReadOperation<R extends Request> extends Operation<R> {
    /**
     * Answers a request. Runs under the ownership of the state, and only when every earlier write of the same session has been
     * applied.
     *
     * @param reply takes the body of the reply; what is written to it counts only when the result is OK
     * @return OK, or why not
     */
    ErrorCode answer(R request, ReadContext context, JuteWriter reply);
}
