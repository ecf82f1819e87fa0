package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.ArrayList;
import java.util.List;

/** The paths of the caller's own ephemerals that begin with a text. */
final class GetEphemeralsOperation implements ReadOperation<PathRequest> {
    @Override
    public OpCode code() {
        return OpCode.GET_EPHEMERALS;
    }

    @Override
    public PathRequest decode(JuteReader body) {
        return PathRequest.read(body);
    }

    @Override
    public ErrorCode answer(PathRequest request, ReadContext context, JuteWriter reply) {
        String prefix = request.path() == null ? "" : request.path().trim();
        List<String> found = new ArrayList<>();
        for (String path : context.tree().ephemerals(context.caller().sessionId())) {
            if (path.startsWith(prefix)) {
                found.add(path);
            }
        }
        reply.writeStrings(found);
        return ErrorCode.OK;
    }
}
