package io.zookit.pipeline.operation;

import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;

/** Knows what a client's request for other members of the ensemble comes to. Asked by the owner of the state. */
@FunctionalInterface
public interface MemberChange {
    /**
     * What becomes of it.
     *
     * @param zxid of the transaction that would carry it
     */
    MembershipAnswer answer(MembershipRequest request, long zxid);
}
