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

/** Deletes a childless znode. */
final class DeleteOperation implements WriteOperation<DeleteOperation.Delete> {
    /**
     * @param version the version it must have, -1 for any
     */
    record Delete(@Nullable String path, int version) implements Request {}

    @Override
    public OpCode code() {
        return OpCode.DELETE;
    }

    @Override
    public Delete decode(JuteReader body) {
        return new Delete(body.readString(), body.readInt());
    }

    @Override
    public Txn prepare(Delete request, PrepareContext context) {
        String path = request.path();
        if (path == null) {
            return Rejection.of(ErrorCode.MARSHALLING_ERROR);
        }
        if (path.lastIndexOf('/') < 0 || path.indexOf('\0') >= 0 || ZnodePath.isReserved(path)) {
            return Rejection.of(ErrorCode.BAD_ARGUMENTS);
        }
        PendingZnode parent = context.pending().findParent(path);
        if (parent == null) {
            return Rejection.of(ErrorCode.NO_NODE);
        }
        if (!context.allows(parent.acl(), Permissions.DELETE)) {
            return Rejection.of(ErrorCode.NO_AUTH);
        }
        PendingZnode node = context.pending().find(path);
        if (node == null) {
            return Rejection.of(ErrorCode.NO_NODE);
        }
        if (!Version.matches(request.version(), node.version())) {
            return Rejection.of(ErrorCode.BAD_VERSION);
        }
        return node.childCount() > 0 ? Rejection.of(ErrorCode.NOT_EMPTY) : new Txn.Delete(OpCode.DELETE, path);
    }

    @Override
    public boolean grows(Delete request) {
        return false;
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {}
}
