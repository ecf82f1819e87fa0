package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.model.Txn;
import io.zookit.model.ZnodePath;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;
import io.zookit.tree.Outcome;
import io.zookit.tree.PendingZnode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Changes the members of an ensemble: its transaction writes {@code /zookeeper/config}, and the consensus goes by it. Whether the
 * client may is asked last, as clients expect.
 */
final class ReconfigOperation implements WriteOperation<ReconfigOperation.Reconfig> {
    /**
     * @param wish what is asked for
     */
    record Reconfig(MembershipRequest wish) implements Request {}

    @Override
    public OpCode code() {
        return OpCode.RECONFIG;
    }

    @Override
    public Reconfig decode(JuteReader body) {
        return new Reconfig(
                new MembershipRequest(body.readString(), body.readString(), body.readString(), body.readLong()));
    }

    @Override
    public Txn prepare(Reconfig request, PrepareContext context) {
        MembershipAnswer answer =
                context.members().answer(request.wish(), context.header().zxid());
        if (answer instanceof MembershipAnswer.Refused refused) {
            return Rejection.of(refused.error());
        }
        PendingZnode config = context.pending().find(ZnodePath.CONFIG);
        if (config == null) {
            return Rejection.of(ErrorCode.NO_NODE);
        }
        if (!context.allows(config.acl(), Permissions.WRITE)) {
            return Rejection.of(ErrorCode.NO_AUTH);
        }
        String members = ((MembershipAnswer.Proposable) answer).text();
        return new Txn.SetData(OpCode.RECONFIG, ZnodePath.CONFIG, members.getBytes(StandardCharsets.UTF_8), -1);
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {
        throw new IllegalStateException("the reply to a reconfiguration repeats what was written");
    }

    /** The same as for reading the znode. */
    @Override
    public void writeReply(Txn txn, Outcome outcome, JuteWriter reply) {
        reply.writeBuffer(((Txn.SetData) txn).data());
        reply.writeStat(Objects.requireNonNull(outcome.stat(), "a znode that was written has a stat"));
    }
}
