package io.zookit.pipeline.operation;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.TxnHeader;
import io.zookit.tree.PendingTree;
import java.util.List;

/**
 * What preparing a write may look at.
 *
 * @param header of the transaction to be: session, number, zxid, time
 * @param pending the state after all transactions proposed so far
 * @param access who may do what
 * @param identities who asks; empty when the server itself does
 * @param ephemerals whether the session can own ephemerals: all servers know it
 * @param extendedTypes whether TTL znodes are switched on
 * @param members who knows whether the ensemble can have other members
 * @param limits how much one client may have
 */
public record PrepareContext(
        TxnHeader header,
        PendingTree pending,
        AccessControl access,
        List<Id> identities,
        boolean ephemerals,
        boolean extendedTypes,
        MemberChange members,
        RequestLimits limits) {
    /** Whether the client may do something to a znode with this ACL. */
    boolean allows(List<Acl> acl, int permission) {
        return access.allows(acl, permission, identities);
    }
}
