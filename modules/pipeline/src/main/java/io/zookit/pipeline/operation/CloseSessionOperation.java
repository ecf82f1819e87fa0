package io.zookit.pipeline.operation;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.tree.Outcome;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** Ends the caller's session and removes its ephemerals, all in one transaction. */
final class CloseSessionOperation implements WriteOperation<Request> {
    @Override
    public OpCode code() {
        return OpCode.CLOSE_SESSION;
    }

    @Override
    public Request decode(JuteReader body) {
        return Request.EMPTY;
    }

    @Override
    public Txn prepare(Request request, PrepareContext context) {
        return new Txn.CloseSession(
                context.pending().ephemerals(context.header().sessionId()));
    }

    @Override
    public boolean grows(Request request) {
        return false;
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {}
}
