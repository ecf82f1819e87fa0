package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.model.Txn;
import io.zookit.model.ZnodePath;
import io.zookit.tree.Outcome;
import io.zookit.tree.PendingZnode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import org.jspecify.annotations.Nullable;

/** Replaces the data of a znode. */
final class SetDataOperation implements WriteOperation<SetDataOperation.SetData> {
    /**
     * @param version the version it must have, -1 for any
     */
    record SetData(@Nullable String path, byte @Nullable [] data, int version) implements Request {}

    @Override
    public OpCode code() {
        return OpCode.SET_DATA;
    }

    @Override
    public SetData decode(JuteReader body) {
        return new SetData(body.readString(), body.readBuffer(), body.readInt());
    }

    @Override
    public Txn prepare(SetData request, PrepareContext context) {
        String path = request.path();
        if (path == null || ZnodePath.problem(path) != null) {
            return Rejection.of(ErrorCode.BAD_ARGUMENTS);
        }
        PendingZnode node = context.pending().find(path);
        if (node == null) {
            return Rejection.of(ErrorCode.NO_NODE);
        }
        if (!context.allows(node.acl(), Permissions.WRITE)) {
            return Rejection.of(ErrorCode.NO_AUTH);
        }
        byte[] data = request.data();
        long bytesAdded = (long) (data == null ? 0 : data.length) - Math.max(0, node.dataLength());
        ErrorCode byQuota = context.limits().quota(context.pending(), path, 0, bytesAdded);
        if (byQuota != ErrorCode.OK) {
            return Rejection.of(byQuota);
        }
        if (!Version.matches(request.version(), node.version())) {
            return Rejection.of(ErrorCode.BAD_VERSION);
        }
        return new Txn.SetData(OpCode.SET_DATA, path, data, node.version() + 1);
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {
        StatReply.write(outcome, reply);
    }
}
