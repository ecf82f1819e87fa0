package io.zookit.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.LearnerInfo;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import java.util.ArrayDeque;

/**
 * Follows a leader and votes on its proposals: each one is acknowledged once it is durable here. A server that the membership does
 * not know follows as well; its acknowledgements do not count.
 */
final class Following extends Learning {
    /** Proposals that are not acknowledged yet. */
    private final ArrayDeque<Long> unacknowledged = new ArrayDeque<>();

    Following(Core core, long leader) {
        super(core, leader);
    }

    @Override
    PeerState state() {
        return PeerState.FOLLOWING;
    }

    @Override
    QuorumMessage introduction(long acceptedEpoch, LearnerInfo info) {
        return new QuorumMessage.FollowerInfo(acceptedEpoch, info);
    }

    @Override
    void appended(long zxid) {
        unacknowledged.add(zxid);
        acknowledge();
    }

    @Override
    void durableChanged() {
        super.durableChanged();
        if (core.role() == this) {
            acknowledge();
        }
    }

    /** What came with its commit before this server served needs no acknowledgement: the answer to NEWLEADER was one. */
    private void acknowledge() {
        if (step() != Step.SERVING) {
            return;
        }
        while (!unacknowledged.isEmpty() && unacknowledged.element() <= core.log.durableZxid()) {
            long zxid = unacknowledged.remove();
            if (zxid > committedBeforeServing()) {
                send(new QuorumMessage.Ack(zxid));
            }
        }
    }

    /** A leader that looks again in a later round, before it has begun to lead, will not come back to this one. */
    @Override
    void voteReceived(long serverId, ElectionNotification vote) {
        boolean gaveUp = vote.state() == PeerState.LOOKING && vote.round() > core.election.round();
        if (serverId == leader() && gaveUp && step() != Step.SERVING) {
            core.lookAgain();
        }
    }
}
