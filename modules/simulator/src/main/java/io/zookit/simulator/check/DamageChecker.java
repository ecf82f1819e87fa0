package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * I22: a bit that has changed on a disk is never served, and never makes a history shorter: a start refuses, or finds all there was. The
 * end of the log, of which the log itself does not know whether it was ever durable, may be cut.
 */
final class DamageChecker implements Checker {
    @Override
    public void damaged(ServerView server, String file, ServerStorage before, @Nullable ServerStorage after) {
        if (after == null) {
            return;
        }
        String who = "after one bit of " + file + " has changed server " + server.id() + " starts ";
        if (!after.epochs().equals(before.epochs())) {
            throw new Violation("I22", who + "with " + after.epochs() + " for " + before.epochs());
        }
        if (after.lastZxid() < before.knownSyncedZxid()) {
            throw new Violation(
                    "I22",
                    who + "with a history up to " + Zxid.text(after.lastZxid()) + ", and "
                            + Zxid.text(before.knownSyncedZxid()) + " was durable");
        }
        for (StoredTxn txn : after.txns()) {
            if (!before.holds(txn)) {
                throw new Violation("I22", who + "with another " + Zxid.text(txn.zxid()));
            }
        }
        boolean sameState = before.snapshot() == null
                ? after.snapshot() == null
                : after.snapshot() != null
                        && Arrays.equals(
                                before.snapshot().state(), after.snapshot().state());
        if (!sameState) {
            throw new Violation("I22", who + "with another snapshot");
        }
    }
}
