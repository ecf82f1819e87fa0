package io.zookit.simulator.check;

import io.zookit.model.Zxid;

/** I10: what was truncated is gone: from the files, and for whatever a loss of power may leave of them. */
final class TruncationChecker implements Checker {
    @Override
    public void truncated(ServerView server, long zxid) {
        long newest = server.newestZxidAfterCrash();
        if (newest > zxid) {
            throw new Violation(
                    "I10",
                    "server " + server.id() + " truncated after " + Zxid.text(zxid)
                            + ", and a loss of power may bring back " + Zxid.text(newest));
        }
        if (server.storage().lastZxid() < zxid && newest < zxid) {
            throw new Violation(
                    "I10",
                    "server " + server.id() + " truncated after " + Zxid.text(zxid) + ", and what is left ends with "
                            + Zxid.text(newest));
        }
    }
}
