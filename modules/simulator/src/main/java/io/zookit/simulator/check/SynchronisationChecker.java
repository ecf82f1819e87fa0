package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.QuorumMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I7: the answer to NEWLEADER says that the history an epoch begins with is durable; so it is. I8: and so is the epoch by then, and
 * the epoch is never saved before that history.
 */
final class SynchronisationChecker implements Checker {
    /** The last transaction of the history that an epoch begins with, by epoch; with an empty record when there is none. */
    private final Map<Long, StoredTxn> beginnings = new HashMap<>();

    /** The epoch that each server saved last. */
    private final Map<Long, Long> entered = new HashMap<>();

    @Override
    public void sends(ServerView server, long link, QuorumMessage message) {
        if (message instanceof QuorumMessage.NewLeader newLeader) {
            beginnings.putIfAbsent(newLeader.epoch(), last(server.storage()));
        } else if (message instanceof QuorumMessage.Ack ack && ack.zxid() != 0 && Zxid.counter(ack.zxid()) == 0) {
            answers(server, Zxid.epoch(ack.zxid()));
        }
    }

    @Override
    public void leads(ServerView server, long epoch) {
        beginnings.putIfAbsent(epoch, last(server.storage()));
    }

    private static StoredTxn last(ServerStorage storage) {
        List<StoredTxn> txns = storage.txns();
        long zxid = storage.lastZxid();
        StoredTxn newest = txns.isEmpty() ? null : txns.get(txns.size() - 1);
        return newest != null && newest.zxid() == zxid ? newest : new StoredTxn(zxid, new byte[0]);
    }

    private void answers(ServerView server, long epoch) {
        long durable = server.durableEpochs().current();
        if (durable < epoch) {
            throw new Violation(
                    "I8",
                    "server " + server.id() + " answers the leader of epoch " + epoch
                            + ", and a loss of power would leave it in epoch " + durable);
        }
        check("I7", "answers the leader of epoch " + epoch, server, epoch);
    }

    @Override
    public void epochsSaved(ServerView server, long current) {
        // What was truncated later, by a leader that never had it, may be missing by the time another promise is saved.
        Long before = entered.put(server.id(), current);
        boolean isNew = before == null || before != current;
        if (isNew && server.durableEpochs().current() == current) {
            check("I8", "has epoch " + current, server, current);
        }
    }

    private void check(String rule, String what, ServerView server, long epoch) {
        StoredTxn last = beginnings.get(epoch);
        if (last == null || last.zxid() == 0) {
            return;
        }
        boolean there = server.storage().isDurable(last.zxid())
                && (last.record().length == 0 || server.storage().holds(last));
        if (!there) {
            throw new Violation(
                    rule,
                    "server " + server.id() + " " + what + " without " + Zxid.text(last.zxid())
                            + ", the last transaction the epoch began with");
        }
    }
}
