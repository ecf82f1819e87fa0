package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.LoggedTxn;
import java.util.List;

/**
 * I5: a transaction counts when it is in the logs of a quorum of the voters, where no loss of power can take it away; those that are
 * down are asked too, and those that had it and lost their data since: they do not vote. I6: no server applies what is not durable with itself.
 */
final class QuorumChecker implements Checker {
    private final List<? extends ServerView> servers;

    QuorumChecker(List<? extends ServerView> servers) {
        this.servers = servers;
    }

    @Override
    public void applied(ServerView server, StoredTxn txn, LoggedTxn logged, long digest, boolean isNew) {
        if (!server.storage().isDurable(txn.zxid())) {
            throw new Violation(
                    "I6",
                    "server " + server.id() + " applied " + Zxid.text(txn.zxid())
                            + ", which a loss of power would take from it");
        }
        if (isNew) {
            int voters = 0;
            int holders = 0;
            for (ServerView other : servers) {
                if (other.isVoter()) {
                    voters++;
                    ServerStorage storage = other.storage();
                    boolean holds = storage.isDurable(txn.zxid()) && storage.holds(txn);
                    holders += holds || other.hasHeld(txn) ? 1 : 0;
                }
            }
            if (2 * holders <= voters) {
                throw new Violation(
                        "I5",
                        Zxid.text(txn.zxid()) + " counts with server " + server.id() + ", but only " + holders + " of "
                                + voters + " voters have it for certain");
            }
        }
    }
}
