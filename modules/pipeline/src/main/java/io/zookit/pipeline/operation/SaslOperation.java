package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** The answer of a server without SASL: no token, no error, and the client goes on without it. */
final class SaslOperation implements ReadOperation<Request> {
    @Override
    public OpCode code() {
        return OpCode.SASL;
    }

    @Override
    public Request decode(JuteReader body) {
        body.readBuffer();
        return Request.EMPTY;
    }

    @Override
    public ErrorCode answer(Request request, ReadContext context, JuteWriter reply) {
        reply.writeBuffer(null);
        return ErrorCode.OK;
    }
}
