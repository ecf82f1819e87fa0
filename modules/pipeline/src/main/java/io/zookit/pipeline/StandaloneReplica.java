package io.zookit.pipeline;

import io.zookit.spi.consensus.Replica;
import io.zookit.spi.consensus.Role;

/**
 * The pipeline as the consensus of a server without others sees it. What is proposed in a turn is put into the log ring within it,
 * and published together when the turn ends.
 */
final class StandaloneReplica implements Replica {
    private final OwnerInbox inbox;
    private final LogQueue log;
    private final CommitStage commit;
    private final RoleStep roles;

    StandaloneReplica(OwnerInbox inbox, LogQueue log, CommitStage commit, RoleStep roles) {
        this.inbox = inbox;
        this.log = log;
        this.commit = commit;
        this.roles = roles;
    }

    @Override
    public void roleChanged(Role role, long epoch) {
        inbox.put(() -> roles.beginAlone(role, epoch));
    }

    @Override
    public void log(long zxid, byte[] record) {
        log.add(zxid, record);
    }

    @Override
    public void committed(long zxid) {
        commit.committed(zxid);
    }
}
