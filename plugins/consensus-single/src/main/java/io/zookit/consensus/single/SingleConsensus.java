package io.zookit.consensus.single;

import io.zookit.model.Zxid;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.Replica;
import io.zookit.spi.consensus.Role;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leads an ensemble of one: a quorum is the server itself, so a transaction is committed as soon as the local log has it. It keeps
 * no thread and no state but its replica.
 */
final class SingleConsensus implements Consensus {
    private volatile @Nullable Replica replica;

    @Override
    public void start(Replica leader, long lastZxid) {
        replica = leader;
        leader.roleChanged(Role.LEADING, Zxid.epoch(lastZxid));
    }

    @Override
    public void propose(long zxid, byte[] record) {
        started().log(zxid, record);
    }

    @Override
    public void propose(long zxid, byte[] bytes, int offset, int length) {
        started().log(zxid, bytes, offset, length);
    }

    @Override
    public void logged(long zxid) {
        started().committed(zxid);
    }

    @Override
    public String mode() {
        return "standalone";
    }

    @Override
    public void close() {}

    private Replica started() {
        return Objects.requireNonNull(replica, "the consensus was not started");
    }
}
