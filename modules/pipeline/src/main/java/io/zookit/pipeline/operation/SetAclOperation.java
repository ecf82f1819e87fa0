package io.zookit.pipeline.operation;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.model.Txn;
import io.zookit.model.ZnodePath;
import io.zookit.tree.Outcome;
import io.zookit.tree.PendingZnode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces the ACL of a znode. */
final class SetAclOperation implements WriteOperation<SetAclOperation.SetAcl> {
    /**
     * @param aversion the ACL version it must have, -1 for any
     */
    record SetAcl(@Nullable String path, List<Acl> acl, int aversion) implements Request {}

    @Override
    public OpCode code() {
        return OpCode.SET_ACL;
    }

    @Override
    public SetAcl decode(JuteReader body) {
        return new SetAcl(body.readString(), body.readAcls(), body.readInt());
    }

    @Override
    public Txn prepare(SetAcl request, PrepareContext context) {
        String path = request.path();
        if (path == null || ZnodePath.problem(path) != null) {
            return Rejection.of(ErrorCode.BAD_ARGUMENTS);
        }
        List<Acl> acl = context.access().complete(request.acl(), context.identities());
        if (acl == null) {
            return Rejection.of(ErrorCode.INVALID_ACL);
        }
        PendingZnode node = context.pending().find(path);
        if (node == null) {
            return Rejection.of(ErrorCode.NO_NODE);
        }
        if (!context.allows(node.acl(), Permissions.ADMIN)) {
            return Rejection.of(ErrorCode.NO_AUTH);
        }
        if (!Version.matches(request.aversion(), node.aversion())) {
            return Rejection.of(ErrorCode.BAD_VERSION);
        }
        return new Txn.SetAcl(path, acl, node.aversion() + 1);
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {
        StatReply.write(outcome, reply);
    }
}
