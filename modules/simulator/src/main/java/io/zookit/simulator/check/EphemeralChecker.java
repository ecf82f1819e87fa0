package io.zookit.simulator.check;

import io.zookit.model.Txn;
import io.zookit.model.Zxid;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.LoggedTxn;

/** I12: an ephemeral is there exactly as long as its session. */
final class EphemeralChecker implements Checker {
    private static final int SAMPLE = 16;

    @Override
    public void applied(ServerView server, StoredTxn txn, LoggedTxn logged, long digest, boolean isNew) {
        if (!(logged.txn() instanceof Txn.CloseSession) && Zxid.counter(txn.zxid()) % SAMPLE != 0) {
            return;
        }
        for (long owner : server.owners()) {
            if (!server.sessions().contains(owner)) {
                throw new Violation(
                        "I12",
                        "with server " + server.id() + " after " + Zxid.text(txn.zxid())
                                + " there are ephemerals of session 0x" + Long.toHexString(owner) + ", which is over");
            }
        }
    }
}
