package io.zookit.simulator.check;

import io.zookit.model.Zxid;
import io.zookit.wire.QuorumMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I9: leaders and learners speak in turn, whatever else happens meanwhile: a commit comes after its proposal, an acknowledgement after
 * what it acknowledges, each step of the synchronisation after the one before. And whoever hears them can take all of it: two right
 * servers part because one of them goes, never because one finds fault with what the other said.
 */
final class MessageChecker implements Checker {
    /** Why right servers close a link: beginnings of reasons. All others find fault. */
    private static final List<String> RIGHT_REASONS = List.of(
            "this server does not lead",
            "this server does not follow any more",
            "this server has stopped",
            "the leader was silent for too long",
            "was silent for too long",
            "has acknowledged nothing for too long",
            "does not keep up",
            "the same server has dialed again",
            "has a newer history than this leader",
            "has a newer configuration than this leader",
            "the leader's epoch",
            "the log begins after",
            "needs what follows",
            "the reconfiguration gives");

    /** One end of a link. */
    private static final class Conversation {
        private boolean introduced;
        private boolean toldEpoch;
        private boolean begun;
        private boolean newLeader;
        private boolean answered;
        private boolean upToDate;
        private long proposed;
        private long committed;
    }

    private final Map<String, Conversation> conversations = new HashMap<>();

    private Conversation of(ServerView server, long link) {
        return conversations.computeIfAbsent(
                server.id() + "/" + server.incarnation() + "/" + link, name -> new Conversation());
    }

    @Override
    public void closes(ServerView server, long link, String reason) {
        if (RIGHT_REASONS.stream().noneMatch(reason::startsWith)) {
            throw new Violation("I9", "server " + server.id() + " finds fault with its peer: " + reason);
        }
        conversations.remove(server.id() + "/" + server.incarnation() + "/" + link);
    }

    @Override
    public void receives(ServerView server, long link, QuorumMessage message) {
        Conversation hears = of(server, link);
        if (message instanceof QuorumMessage.LeaderInfo) {
            hears.toldEpoch = true;
        } else if (message instanceof QuorumMessage.Proposal proposal) {
            hears.proposed = proposal.zxid();
        } else if (message instanceof QuorumMessage.NewLeader) {
            hears.newLeader = true;
        } else if (message instanceof QuorumMessage.UpToDate) {
            hears.upToDate = true;
        } else if (message instanceof QuorumMessage.Ack) {
            hears.answered = true;
        }
    }

    @Override
    public void transmits(ServerView server, long link, QuorumMessage message) {
        Conversation says = of(server, link);
        if (message instanceof QuorumMessage.Commit commit) {
            commits(server, says, message, commit.zxid());
        } else if (message instanceof QuorumMessage.CommitAndActivate activate) {
            commits(server, says, message, activate.zxid());
        } else if (message instanceof QuorumMessage.Proposal proposal) {
            require(says.begun && proposal.zxid() > says.proposed, server, message);
            says.proposed = proposal.zxid();
        } else if (message instanceof QuorumMessage.Ack ack) {
            boolean ofEpoch = Zxid.counter(ack.zxid()) == 0;
            require(ofEpoch ? says.newLeader : says.upToDate && ack.zxid() <= says.proposed, server, message);
        } else {
            handshake(server, says, message);
        }
    }

    private static void commits(ServerView server, Conversation says, QuorumMessage message, long zxid) {
        require(says.begun && zxid <= says.proposed && zxid > says.committed, server, message);
        says.committed = zxid;
    }

    private static void handshake(ServerView server, Conversation says, QuorumMessage message) {
        if (message instanceof QuorumMessage.FollowerInfo || message instanceof QuorumMessage.ObserverInfo) {
            require(!says.introduced, server, message);
            says.introduced = true;
        } else if (message instanceof QuorumMessage.AckEpoch) {
            require(says.introduced && says.toldEpoch, server, message);
        } else if (message instanceof QuorumMessage.LeaderInfo) {
            require(!says.toldEpoch, server, message);
            says.toldEpoch = true;
        } else if (message instanceof QuorumMessage.Diff
                || message instanceof QuorumMessage.Trunc
                || message instanceof QuorumMessage.Snap) {
            require(says.toldEpoch && !says.begun, server, message);
            says.begun = true;
        } else if (message instanceof QuorumMessage.NewLeader) {
            require(says.begun && !says.newLeader, server, message);
            says.newLeader = true;
        } else if (message instanceof QuorumMessage.UpToDate) {
            require(says.newLeader && says.answered && !says.upToDate, server, message);
            says.upToDate = true;
        }
    }

    private static void require(boolean inTurn, ServerView server, QuorumMessage message) {
        if (!inTurn) {
            throw new Violation("I9", "server " + server.id() + " sends " + message + " out of turn");
        }
    }
}
