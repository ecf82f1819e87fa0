package io.zookit.zab;

import io.zookit.wire.LearnerInfo;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;

/** Hears from a leader what was decided: it logs and serves, and never acknowledges a transaction. */
final class Observing extends Learning {
    Observing(Core core, long leader) {
        super(core, leader);
    }

    @Override
    PeerState state() {
        return PeerState.OBSERVING;
    }

    @Override
    QuorumMessage introduction(long acceptedEpoch, LearnerInfo info) {
        return new QuorumMessage.ObserverInfo(acceptedEpoch, info);
    }

    @Override
    void appended(long zxid) {}
}
