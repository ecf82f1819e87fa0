package io.zookit.zab;

import io.zookit.model.Zxid;
import io.zookit.wire.QuorumMessage;
import java.util.Locale;

/** How messages, zxids and ids are written in transcripts. */
final class TranscriptText {
    private TranscriptText() {}

    static String text(QuorumMessage message) {
        if (message instanceof QuorumMessage.FollowerInfo info) {
            return "FOLLOWERINFO accepted " + info.acceptedEpoch() + " server "
                    + info.info().serverId();
        } else if (message instanceof QuorumMessage.ObserverInfo info) {
            return "OBSERVERINFO accepted " + info.acceptedEpoch() + " server "
                    + info.info().serverId();
        } else if (message instanceof QuorumMessage.LeaderInfo info) {
            return "LEADERINFO " + info.epoch();
        } else if (message instanceof QuorumMessage.AckEpoch ack) {
            return "ACKEPOCH " + text(ack.lastZxid()) + " current " + ack.currentEpoch();
        } else if (message instanceof QuorumMessage.Diff diff) {
            return "DIFF " + text(diff.zxid());
        } else if (message instanceof QuorumMessage.Trunc trunc) {
            return "TRUNC " + text(trunc.zxid());
        } else if (message instanceof QuorumMessage.NewLeader newLeader) {
            return "NEWLEADER " + newLeader.epoch();
        } else if (message instanceof QuorumMessage.Proposal proposal) {
            return "PROPOSAL " + text(proposal.zxid());
        } else if (message instanceof QuorumMessage.Inform inform) {
            return "INFORM " + text(inform.zxid());
        } else if (message instanceof QuorumMessage.Commit commit) {
            return "COMMIT " + text(commit.zxid());
        } else if (message instanceof QuorumMessage.CommitAndActivate activate) {
            return "COMMITANDACTIVATE " + text(activate.zxid()) + " leader " + activate.designatedLeader();
        } else if (message instanceof QuorumMessage.InformAndActivate activate) {
            return "INFORMANDACTIVATE " + text(activate.zxid()) + " leader " + activate.designatedLeader();
        } else if (message instanceof QuorumMessage.Ack ack) {
            return "ACK " + text(ack.zxid());
        } else if (message instanceof QuorumMessage.Ping ping) {
            return "PING " + text(ping.zxid());
        } else if (message instanceof QuorumMessage.Pong pong) {
            return "PONG " + text(pong.zxid()) + " sessions " + pong.sessions().size();
        }
        return message.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    static String text(long zxid) {
        return zxid == Membership.NOBODY ? "-" : Zxid.epoch(zxid) + "/" + Zxid.counter(zxid);
    }

    static String name(long id) {
        return id == Membership.NOBODY ? "-" : String.valueOf(id);
    }

    static long zxid(String text) {
        int slash = text.indexOf('/');
        return Zxid.of(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    static long number(String text) {
        return Long.parseLong(text);
    }
}
