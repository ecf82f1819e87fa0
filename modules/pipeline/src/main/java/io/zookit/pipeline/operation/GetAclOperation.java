package io.zookit.pipeline.operation;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.tree.Znode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.ArrayList;
import java.util.List;

/** The ACL of a znode. Who may not change it does not see the hashes of passwords. */
final class GetAclOperation implements ReadOperation<PathRequest> {
    private static final String HIDDEN = "x";

    @Override
    public OpCode code() {
        return OpCode.GET_ACL;
    }

    @Override
    public PathRequest decode(JuteReader body) {
        return PathRequest.read(body);
    }

    @Override
    public ErrorCode answer(PathRequest request, ReadContext context, JuteWriter reply) {
        String path = request.path();
        Znode node = context.find(path);
        if (node == null) {
            return path == null ? ErrorCode.MARSHALLING_ERROR : ErrorCode.NO_NODE;
        }
        List<Id> identities = context.caller().identities();
        if (!context.access().allows(node.acl(), Permissions.READ | Permissions.ADMIN, identities)) {
            return ErrorCode.NO_AUTH;
        }
        boolean mayChange = context.access().allows(node.acl(), Permissions.ADMIN, identities);
        reply.writeAcls(mayChange ? node.acl() : masked(node.acl()));
        reply.writeStat(node.stat());
        return ErrorCode.OK;
    }

    private static List<Acl> masked(List<Acl> acl) {
        List<Acl> masked = new ArrayList<>(acl.size());
        for (Acl entry : acl) {
            Id id = entry.id();
            int colon = id.id().indexOf(':');
            boolean secret = id.scheme().equals("digest") && colon >= 0;
            masked.add(secret ? new Acl(entry.permissions(), hidden(id, colon)) : entry);
        }
        return masked;
    }

    private static Id hidden(Id id, int colon) {
        return new Id(id.scheme(), id.id().substring(0, colon + 1) + HIDDEN);
    }
}
