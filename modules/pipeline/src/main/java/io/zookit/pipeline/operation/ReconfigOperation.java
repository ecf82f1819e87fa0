package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.tree.Outcome;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** Changes the members of an ensemble. A standalone server has none: the answer is that it is switched off. */
final class ReconfigOperation implements WriteOperation<Request> {
    @Override
    public OpCode code() {
        return OpCode.RECONFIG;
    }

    @Override
    public Request decode(JuteReader body) {
        body.readString();
        body.readString();
        body.readString();
        body.readLong();
        return Request.EMPTY;
    }

    @Override
    public Txn prepare(Request request, PrepareContext context) {
        return Rejection.of(ErrorCode.RECONFIG_DISABLED);
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {}
}
