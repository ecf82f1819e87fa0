package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.List;

/** Tells the caller who it is known to be, without secrets. */
final class WhoAmIOperation implements ReadOperation<Request> {
    @Override
    public OpCode code() {
        return OpCode.WHO_AM_I;
    }

    @Override
    public Request decode(JuteReader body) {
        return Request.EMPTY;
    }

    @Override
    public ErrorCode answer(Request request, ReadContext context, JuteWriter reply) {
        List<Id> identities = context.caller().identities();
        reply.writeInt(identities.size());
        for (Id identity : identities) {
            reply.writeString(identity.scheme());
            reply.writeString(context.access().userName(identity));
        }
        return ErrorCode.OK;
    }
}
