package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.pipeline.operation.AccessControl;
import io.zookit.pipeline.operation.MemberChange;
import io.zookit.pipeline.operation.PrepareContext;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.operation.RequestLimits;
import io.zookit.pipeline.operation.WriteOperation;
import io.zookit.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a transaction of a write: what it will do, or that it is rejected, by the state after everything proposed. The part of
 * PREPARE that is the same for the clients of this server and for those of learners. Runs on the owner of the state.
 */
final class TransactionStep {
    private final ReplicaState state;
    private final AccessControl access;
    private final RequestLimits limits;
    private final boolean extendedTypes;
    private final MemberChange members;

    TransactionStep(
            ReplicaState state,
            AccessControl access,
            RequestLimits limits,
            boolean extendedTypes,
            MemberChange members) {
        this.state = state;
        this.access = access;
        this.limits = limits;
        this.extendedTypes = extendedTypes;
        this.members = members;
    }

    /**
     * The transaction of a write.
     *
     * @param session whose write it is; {@code null} when there is none (any more)
     * @param request the body, decoded by this operation; {@code null} when it could not be
     * @param header what the transaction will have
     * @param identities who asks
     */
    <R extends Request> Txn prepare(
            @Nullable Session<ClientConnection> session,
            WriteOperation<R> operation,
            @Nullable Request request,
            TxnHeader header,
            List<Id> identities) {
        if (session == null || session.isClosing()) {
            return rejected(ErrorCode.SESSION_EXPIRED);
        }
        if (request == null) {
            return rejected(ErrorCode.MARSHALLING_ERROR);
        }
        // The operation decoded this request: whoever brings the pair kept it together.
        @SuppressWarnings("unchecked")
        R own = (R) request;
        Txn txn = operation.prepare(
                own,
                new PrepareContext(
                        header,
                        state.pending(),
                        access,
                        identities,
                        !session.isLocal(),
                        extendedTypes,
                        members,
                        limits));
        if (txn instanceof Txn.CloseSession) {
            session.markClosing();
        }
        return txn;
    }

    /** The transaction of a write that cannot be done. */
    static Txn rejected(ErrorCode reason) {
        return new Txn.Rejected(reason.code());
    }
}
