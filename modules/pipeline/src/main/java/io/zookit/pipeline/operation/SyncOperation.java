package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/**
 * Answers once everything proposed before it has been applied, so that a read after it sees at least that. The waiting is done
 * by the pipeline; the answer is the path.
 */
final class SyncOperation implements ReadOperation<PathRequest> {
    @Override
    public OpCode code() {
        return OpCode.SYNC;
    }

    @Override
    public PathRequest decode(JuteReader body) {
        return PathRequest.read(body);
    }

    @Override
    public ErrorCode answer(PathRequest request, ReadContext context, JuteWriter reply) {
        reply.writeString(request.path());
        return ErrorCode.OK;
    }
}
