package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.LoggedTxn;
import io.zookit.zab.Membership;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * I5: a transaction counts when it is in the logs of a quorum of the voters, where no loss of power can take it away; those that are
 * down are asked too, and those that had it and lost their data since: they do not vote. A
 * reconfiguration needs quorums of the members before and after it. I6: no server applies what is not durable with itself.
 */
final class QuorumChecker implements Checker {
    private final List<? extends ServerView> servers;
    private final MembersInForce members;

    QuorumChecker(List<? extends ServerView> servers, MembersInForce members) {
        this.servers = servers;
        this.members = members;
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
            requireQuorum(members.now(), server, txn);
            Membership next = MembersInForce.in(txn);
            if (next != null) {
                requireQuorum(next, server, txn);
            }
        }
    }

    private void requireQuorum(Membership of, ServerView server, StoredTxn txn) {
        Set<Long> holders = new TreeSet<>();
        for (ServerView other : servers) {
            ServerStorage storage = other.storage();
            boolean holds = storage.isDurable(txn.zxid()) && storage.holds(txn);
            if (of.isVoter(other.id()) && (holds || other.hasHeld(txn))) {
                holders.add(other.id());
            }
        }
        if (!of.quorum().contains(holders)) {
            throw new Violation(
                    "I5",
                    Zxid.text(txn.zxid()) + " counts with server " + server.id() + ", but only " + holders + " of "
                            + of.voters() + " have it for certain");
        }
    }
}
