package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.ZnodePath;
import io.zookit.tree.Znode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** How many znodes there are below a znode, at any depth. */
final class GetAllChildrenNumberOperation implements ReadOperation<PathRequest> {
    @Override
    public OpCode code() {
        return OpCode.GET_ALL_CHILDREN_NUMBER;
    }

    @Override
    public PathRequest decode(JuteReader body) {
        return PathRequest.read(body);
    }

    @Override
    public ErrorCode answer(PathRequest request, ReadContext context, JuteWriter reply) {
        String path = request.path();
        Znode node = context.find(path);
        ErrorCode mayRead = context.mayRead(path, node);
        if (path == null || node == null || mayRead != ErrorCode.OK) {
            return mayRead;
        }
        // The empty path stands above the root, which it counts too (client protocol: it always has).
        reply.writeInt(
                path.isEmpty()
                        ? context.tree().descendantCount(ZnodePath.ROOT) + 1
                        : context.tree().descendantCount(path));
        return ErrorCode.OK;
    }
}
