package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.tree.Znode;
import io.zookit.watch.WatcherType;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** The stat of a znode. A watch is set whether the znode exists or not. */
final class ExistsOperation implements ReadOperation<PathRequest> {
    @Override
    public OpCode code() {
        return OpCode.EXISTS;
    }

    @Override
    public PathRequest decode(JuteReader body) {
        return PathRequest.readWithWatch(body);
    }

    @Override
    public ErrorCode answer(PathRequest request, ReadContext context, JuteWriter reply) {
        String path = request.path();
        if (path == null) {
            return ErrorCode.MARSHALLING_ERROR;
        }
        if (path.indexOf('\0') >= 0) {
            return ErrorCode.BAD_ARGUMENTS;
        }
        Znode node = context.find(path);
        if (node != null
                && !context.access()
                        .allows(node.acl(), Permissions.READ, context.caller().identities())) {
            return ErrorCode.NO_AUTH;
        }
        ErrorCode watched = context.watch(request.watch(), path, WatcherType.DATA);
        if (watched != ErrorCode.OK) {
            return watched;
        }
        if (node == null) {
            return ErrorCode.NO_NODE;
        }
        reply.writeStat(node.stat());
        return ErrorCode.OK;
    }
}
