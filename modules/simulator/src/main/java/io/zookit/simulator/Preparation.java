package io.zookit.simulator;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.tree.PendingTree;
import io.zookit.tree.PendingZnode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes transactions of operations, against the tree as it will be once everything proposed is applied. */
final class Preparation {
    private final PendingTree pending;
    private final Mutant mutant;

    Preparation(PendingTree pending, Mutant mutant) {
        this.pending = pending;
        this.mutant = mutant;
    }

    /** The transaction of an operation, {@link Txn.Rejected} when it cannot be done; it is not added to the pending tree. */
    Txn prepare(ClientOperation operation, TxnHeader header, List<Id> identities) {
        if (operation instanceof ClientOperation.Create create) {
            return create(create);
        } else if (operation instanceof ClientOperation.SetData set) {
            return setData(set, identities);
        } else if (operation instanceof ClientOperation.SetAcl set) {
            return setAcl(set, identities);
        } else if (operation instanceof ClientOperation.Delete delete) {
            return delete(delete);
        } else if (operation instanceof ClientOperation.Multi multi) {
            return multi(multi, header, identities);
        } else if (operation instanceof ClientOperation.CloseSession) {
            return new Txn.CloseSession(pending.ephemerals(header.sessionId()));
        }
        throw new IllegalStateException("no transaction comes of " + operation);
    }

    private Txn create(ClientOperation.Create create) {
        PendingZnode parent = pending.find(ZnodePath.parent(create.path()));
        if (parent == null) {
            return rejected(ErrorCode.NO_NODE);
        }
        int suffix = mutant == Mutant.SUFFIX_FROM_CHILD_COUNT ? parent.childCount() : parent.cversion();
        String path = create.sequential() ? create.path() + String.format("%010d", suffix) : create.path();
        if (pending.find(path) != null) {
            return rejected(ErrorCode.NODE_EXISTS);
        }
        if (parent.isEphemeral()) {
            return rejected(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        }
        byte[] data = create.value().getBytes(StandardCharsets.UTF_8);
        return new Txn.Create(
                OpCode.CREATE2, path, data, Acl.OPEN_UNSAFE, create.ephemeral(), 0, parent.cversion() + 1);
    }

    private Txn setAcl(ClientOperation.SetAcl set, List<Id> identities) {
        PendingZnode node = pending.find(set.path());
        if (node == null) {
            return rejected(ErrorCode.NO_NODE);
        }
        return Access.allows(node.acl(), Permissions.ADMIN, identities)
                ? new Txn.SetAcl(set.path(), Access.of(set.client()), node.aversion() + 1)
                : rejected(ErrorCode.NO_AUTH);
    }

    private Txn setData(ClientOperation.SetData set, List<Id> identities) {
        PendingZnode node = pending.find(set.path());
        if (node == null) {
            return rejected(ErrorCode.NO_NODE);
        }
        if (!Access.allows(node.acl(), Permissions.WRITE, identities)) {
            return rejected(ErrorCode.NO_AUTH);
        }
        if (isAnother(set.version(), node)) {
            return rejected(ErrorCode.BAD_VERSION);
        }
        byte[] data = set.value().getBytes(StandardCharsets.UTF_8);
        return new Txn.SetData(OpCode.SET_DATA, set.path(), data, node.version() + 1);
    }

    private Txn delete(ClientOperation.Delete delete) {
        PendingZnode node = pending.find(delete.path());
        if (node == null) {
            return rejected(ErrorCode.NO_NODE);
        }
        if (isAnother(delete.version(), node)) {
            return rejected(ErrorCode.BAD_VERSION);
        }
        return node.childCount() > 0 ? rejected(ErrorCode.NOT_EMPTY) : new Txn.Delete(OpCode.DELETE, delete.path());
    }

    private boolean isAnother(int version, PendingZnode node) {
        return version != -1 && version != node.version() && mutant != Mutant.VERSION_IGNORED;
    }

    private Txn multi(ClientOperation.Multi multi, TxnHeader header, List<Id> identities) {
        List<Txn> parts = new ArrayList<>();
        int before = pending.mark();
        boolean failed = false;
        for (ClientOperation part : multi.parts()) {
            Txn txn = failed ? rejected(ErrorCode.RUNTIME_INCONSISTENCY) : prepare(part, header, identities);
            parts.add(txn);
            if (txn instanceof Txn.Rejected) {
                failed = true;
            } else {
                pending.add(header, txn);
            }
        }
        pending.rollback(before);
        return new Txn.Multi(List.copyOf(parts));
    }

    static Txn rejected(ErrorCode error) {
        return new Txn.Rejected(error.code());
    }
}
