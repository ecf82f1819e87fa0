package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.tree.Znode;
import io.zookit.watch.WatcherType;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/** The names of a znode's children, in no order: getChildren, and getChildren2 with the stat. */
final class GetChildrenOperation implements ReadOperation<PathRequest> {
    private final OpCode code;

    /**
     * @param code GET_CHILDREN or GET_CHILDREN2
     */
    GetChildrenOperation(OpCode code) {
        this.code = code;
    }

    @Override
    public OpCode code() {
        return code;
    }

    @Override
    public PathRequest decode(JuteReader body) {
        return PathRequest.readWithWatch(body);
    }

    @Override
    public ErrorCode answer(PathRequest request, ReadContext context, JuteWriter reply) {
        String path = request.path();
        Znode node = context.find(path);
        ErrorCode mayRead = context.mayRead(path, node);
        if (path == null || node == null || mayRead != ErrorCode.OK) {
            return mayRead;
        }
        ErrorCode watched = context.watch(request.watch(), path, WatcherType.CHILDREN);
        if (watched != ErrorCode.OK) {
            return watched;
        }
        reply.writeInt(node.childCount());
        node.children(reply::writeString);
        if (code == OpCode.GET_CHILDREN2) {
            reply.writeStat(node.stat());
        }
        return ErrorCode.OK;
    }
}
