package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** Says that the client is alive. */
final class PingOperation implements ReadOperation<Request> {
    @Override
    public OpCode code() {
        return OpCode.PING;
    }

    @Override
    public Request decode(JuteReader body) {
        return Request.EMPTY;
    }

    @Override
    public ErrorCode answer(Request request, ReadContext context, JuteWriter reply) {
        return ErrorCode.OK;
    }
}
