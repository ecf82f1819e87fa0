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

/** Makes the rest of a multi depend on a version. Only a part of a multi; alone it is an unknown operation. */
final class CheckOperation implements WriteOperation<CheckOperation.CheckVersion> {
    /**
     * @param version the version it must have, -1 for any
     */
    record CheckVersion(@Nullable String path, int version) implements Request {}

    @Override
    public OpCode code() {
        return OpCode.CHECK;
    }

    @Override
    public CheckVersion decode(JuteReader body) {
        return new CheckVersion(body.readString(), body.readInt());
    }

    @Override
    public Txn prepare(CheckVersion request, PrepareContext context) {
        String path = request.path();
        if (path == null || ZnodePath.problem(path) != null) {
            return Rejection.of(ErrorCode.BAD_ARGUMENTS);
        }
        PendingZnode node = context.pending().find(path);
        if (node == null) {
            return Rejection.of(ErrorCode.NO_NODE);
        }
        if (!context.allows(node.acl(), Permissions.READ)) {
            return Rejection.of(ErrorCode.NO_AUTH);
        }
        if (!Version.matches(request.version(), node.version())) {
            return Rejection.of(ErrorCode.BAD_VERSION);
        }
        return new Txn.Check(path, node.version() + 1);
    }

    @Override
    public boolean grows(CheckVersion request) {
        return false;
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {}
}
