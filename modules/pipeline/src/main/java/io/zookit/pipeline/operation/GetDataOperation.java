package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.tree.Znode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** The data and stat of a znode. */
final class GetDataOperation implements ReadOperation<PathRequest> {
    @Override
    public OpCode code() {
        return OpCode.GET_DATA;
    }

    @Override
    public PathRequest decode(JuteReader body) {
        return PathRequest.readWithWatch(body);
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
        if (request.watch()) {
            context.watches().addData(path, context.caller());
        }
        if (node.dataLength() < 0) {
            reply.writeBuffer(null);
        } else {
            reply.writeBuffer(node.content(), node.dataOffset(), node.dataLength());
        }
        reply.writeStat(node.stat());
        return ErrorCode.OK;
    }
}
