package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.LoggedTxn;
import java.util.HashMap;
import java.util.Map;

/** I23: who has applied a reconfiguration that leaves him without a vote does not go on leading. */
final class RemovedLeaderChecker implements Checker {
    private final MembersInForce members;
    private final Map<Long, Long> applied = new HashMap<>();

    RemovedLeaderChecker(MembersInForce members) {
        this.members = members;
    }

    @Override
    public void applied(ServerView server, StoredTxn txn, LoggedTxn logged, long digest, boolean isNew) {
        applied.put(server.id(), txn.zxid());
    }

    @Override
    public void loaded(ServerView server, long zxid) {
        applied.put(server.id(), zxid);
    }

    @Override
    public void leadsOn(ServerView server, long logIdleMillis) {
        long zxid = applied.getOrDefault(server.id(), 0L);
        if (!members.at(zxid).isVoter(server.id())) {
            throw new Violation(
                    "I23",
                    "server " + server.id() + " goes on leading after " + Zxid.text(zxid) + ", where it has no vote in "
                            + members.at(zxid).members());
        }
    }
}
