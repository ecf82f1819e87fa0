package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.StoredTxn;
import java.util.List;

/**
 * I11: whoever leads has everything that ever counted before its epoch. A leader may learn late that it leads, when the next one has
 * committed something already.
 */
final class CompletenessChecker implements Checker {
    private static final int LOOKED_AT_MAX = 64;

    private final CommittedHistory history;

    CompletenessChecker(CommittedHistory history) {
        this.history = history;
    }

    @Override
    public void leads(ServerView server, long epoch) {
        List<StoredTxn> all = history.txns();
        for (StoredTxn txn : all.subList(Math.max(0, all.size() - LOOKED_AT_MAX), all.size())) {
            if (Zxid.epoch(txn.zxid()) < epoch && !server.storage().holds(txn)) {
                throw new Violation(
                        "I11",
                        "server " + server.id() + " leads epoch " + epoch + " without " + Zxid.text(txn.zxid())
                                + ", which was committed");
            }
        }
    }
}
