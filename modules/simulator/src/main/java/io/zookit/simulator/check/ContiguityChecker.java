package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.wire.QuorumMessage;
import io.zookit.zab.History;
import java.util.HashMap;
import java.util.Map;

/** I4: no history has a gap: not in a log, and not in what a leader sends to a learner. */
final class ContiguityChecker implements Checker {
    private final Map<String, Long> sent = new HashMap<>();

    @Override
    public void appended(ServerView server, long previousZxid, long zxid) {
        check("server " + server.id() + " logs", previousZxid, zxid);
    }

    @Override
    public void sends(ServerView server, long link, QuorumMessage message) {
        if (message instanceof QuorumMessage.Proposal proposal) {
            Long before = sent.put(name(server, link), proposal.zxid());
            if (before != null) {
                check("server " + server.id() + " sends", before, proposal.zxid());
            }
        } else if (message instanceof QuorumMessage.Trunc || message instanceof QuorumMessage.Snap) {
            sent.remove(name(server, link));
        }
    }

    private static String name(ServerView server, long link) {
        return server.id() + "/" + server.incarnation() + "/" + link;
    }

    private static void check(String who, long previous, long next) {
        if (!History.follows(next, previous)) {
            throw new Violation("I4", who + " " + Zxid.text(next) + " after " + Zxid.text(previous));
        }
    }
}
