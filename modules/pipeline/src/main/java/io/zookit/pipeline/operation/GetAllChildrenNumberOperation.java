package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
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
        Znode node = path == null ? null : context.tree().find(path);
        if (path == null || node == null) {
            return ErrorCode.NO_NODE;
        }
        if (!context.access()
                .allows(node.acl(), Permissions.READ, context.caller().identities())) {
            return ErrorCode.NO_AUTH;
        }
        reply.writeInt(context.tree().descendantCount(path));
        return ErrorCode.OK;
    }
}
