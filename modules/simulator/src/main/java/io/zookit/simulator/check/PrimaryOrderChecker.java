package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.LoggedTxn;
import io.zookit.zab.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * I11b: what is delivered was proposed by the leader of its epoch, byte for byte (integrity); in the order in which that leader proposed
 * it, nothing left out (local primary order); after all that counts of earlier epochs (global primary order), which every leader had
 * before it proposed anything (primary integrity).
 */
final class PrimaryOrderChecker implements Checker {
    private final Map<Long, byte[]> proposed = new HashMap<>();
    /** The last zxid of the history that each epoch's leader began with. */
    private final TreeMap<Long, Long> beginnings = new TreeMap<>();

    private long delivered;

    @Override
    public void leads(ServerView server, long epoch) {
        beginnings.put(epoch, server.storage().lastZxid());
    }

    @Override
    public void proposes(ServerView server, StoredTxn txn) {
        proposed.put(txn.zxid(), txn.record());
    }

    @Override
    public void applied(ServerView server, StoredTxn txn, LoggedTxn logged, long digest, boolean isNew) {
        if (!isNew) {
            return;
        }
        String who = "server " + server.id() + " delivers " + Zxid.text(txn.zxid());
        if (!Arrays.equals(proposed.get(txn.zxid()), txn.record())) {
            throw new Violation("I11b", who + ", which no leader has proposed like that");
        }
        if (!History.follows(txn.zxid(), delivered)) {
            throw new Violation("I11b", who + " after " + Zxid.text(delivered));
        }
        delivered = txn.zxid();
        beginnings.tailMap(Zxid.epoch(txn.zxid()), false).forEach((epoch, end) -> {
            if (end < txn.zxid()) {
                throw new Violation(
                        "I11b", who + ", and the leader of epoch " + epoch + " has begun after " + Zxid.text(end));
            }
        });
    }
}
