package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.StoredTxn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one history that all servers apply, as the first of them applied each transaction. I3: whatever another applies is the same, in
 * the same order. I13: with the same state after it.
 */
public final class CommittedHistory {
    private final List<StoredTxn> txns = new ArrayList<>();
    private final List<Long> digests = new ArrayList<>();
    private final Map<Long, Integer> indexes = new HashMap<>();

    CommittedHistory() {}

    /** All of it, oldest first; a view. */
    public List<StoredTxn> txns() {
        return txns;
    }

    /** The zxid of the newest transaction, 0 for none. */
    public long lastZxid() {
        return txns.isEmpty() ? 0 : txns.get(txns.size() - 1).zxid();
    }

    /** Whether a transaction belongs to it. */
    public boolean contains(long zxid) {
        return indexes.containsKey(zxid);
    }

    /**
     * A server has applied a transaction.
     *
     * @param previousZxid what the server had applied before
     * @return whether it is new
     */
    boolean add(ServerView server, long previousZxid, StoredTxn txn, long digest) {
        Integer index = indexes.get(txn.zxid());
        if (index == null) {
            if (previousZxid != lastZxid()) {
                throw new Violation(
                        "I3",
                        who(server, txn) + " after " + hex(previousZxid) + ", while others went on to "
                                + hex(lastZxid()));
            }
            indexes.put(txn.zxid(), txns.size());
            txns.add(txn);
            digests.add(digest);
            return true;
        }
        long expectedPrevious = index == 0 ? 0 : txns.get(index - 1).zxid();
        if (previousZxid != expectedPrevious) {
            throw new Violation(
                    "I3", who(server, txn) + " after " + hex(previousZxid) + ", others after " + hex(expectedPrevious));
        }
        if (!Arrays.equals(txns.get(index).record(), txn.record())) {
            throw new Violation("I3", who(server, txn) + " with other content than others did");
        }
        if (digests.get(index) != digest) {
            throw new Violation("I13", who(server, txn) + " and has another state than others had then");
        }
        return false;
    }

    /** A snapshot is of a transaction that counts, and holds the state after it. */
    void checkLoaded(ServerView server, long zxid, long digest) {
        Integer index = indexes.get(zxid);
        if (index == null && zxid != 0) {
            throw new Violation(
                    "I10", "server " + server.id() + " has a snapshot of " + hex(zxid) + ", which never counted");
        }
        if (index != null && digests.get(index) != digest) {
            throw new Violation(
                    "I13",
                    "server " + server.id() + " has a snapshot of " + hex(zxid)
                            + " with another state than the others had then");
        }
    }

    private static String who(ServerView server, StoredTxn txn) {
        return "server " + server.id() + " applied " + hex(txn.zxid());
    }

    static String hex(long zxid) {
        return Zxid.text(zxid);
    }
}
