package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.ZnodePath;
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
        String asked = request.path();
        // Blanks (and whatever else trim takes) alone ask for all of them; before or after a text they are a part of
        // it.
        String prefix = asked == null || isBlankOrRoot(asked.trim()) ? "" : asked;
        List<String> found = new ArrayList<>();
        for (String path : context.tree().ephemerals(context.caller().sessionId())) {
            if (path.startsWith(prefix)) {
                found.add(path);
            }
        }
        reply.writeStrings(found);
        return ErrorCode.OK;
    }

    private static boolean isBlankOrRoot(String trimmed) {
        return trimmed.isEmpty() || trimmed.equals(ZnodePath.ROOT);
    }
}
