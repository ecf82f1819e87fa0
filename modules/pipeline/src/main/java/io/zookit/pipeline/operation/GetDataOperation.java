package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.tree.Znode;
import io.zookit.watch.WatcherType;
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
        Znode node = context.find(path);
        ErrorCode mayRead = context.mayRead(path, node);
        if (path == null || node == null || mayRead != ErrorCode.OK) {
            return mayRead;
        }
        ErrorCode watched = context.watch(request.watch(), path, WatcherType.DATA);
        if (watched != ErrorCode.OK) {
            return watched;
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
