package io.zookit.zab;

import io.zookit.model.Zxid;
import io.zookit.wire.QuorumMessage;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who has accepted a leader's epoch, and whether that is enough to begin with the leader's history: quorums of the members, and of the
 * next ones while a reconfiguration is undecided, of whom nobody has a newer history.
 *
 * <p>One kind of newer history does not stand in the way: that of a voter of the next members only, when the reconfiguration cannot have
 * been decided. Too many of those who had to acknowledge it do not have it, and by accepting this epoch they promise that no earlier
 * leader will hear otherwise of them. So the next members have never decided anything by themselves, and all that was decided is in the
 * histories of a quorum of the members. Without this rule an ensemble in which such a voter is ahead would look for a leader for ever:
 * it is needed, nobody is as new, and the members who have not heard of it cannot vote for it.
 */
final class Acceptance {
    private final Core core;

    /** The history the leader wants to begin with. */
    private final long historyEnd;

    /** The reconfiguration that is under way, 0 for none. Members that a file names are no transaction, and so in nobody's log. */
    private final long changeZxid;

    /** Voters whose history is not newer; also if their link is gone again. */
    private final SortedSet<Long> acceptors = new TreeSet<>();

    /** Those of them, and perhaps the leader, whose history ends before the reconfiguration that is under way. */
    private final SortedSet<Long> unaware = new TreeSet<>();

    /** Voters of the next members only whose history is newer. */
    private final SortedSet<Long> ahead = new TreeSet<>();

    Acceptance(Core core, long historyEnd) {
        this.core = core;
        this.historyEnd = historyEnd;
        Membership next = core.newestMembership();
        boolean changes = next != core.membership() && Zxid.counter(next.version()) != 0;
        this.changeZxid = changes ? next.version() : 0;
        note(core.serverId(), historyEnd);
    }

    private void note(long serverId, long lastZxid) {
        if (lastZxid < changeZxid) {
            unaware.add(serverId);
        }
    }

    /** A learner accepts the epoch. Whether it can stay: not with a newer history that may count. */
    boolean add(Learner learner, QuorumMessage.AckEpoch ack) {
        long id = learner.serverId();
        boolean counts = ack.currentEpoch() != -1 && core.isVoter(id) && !learner.isObserver();
        if (isNewer(ack)) {
            if (!counts || core.membership().isVoter(id)) {
                return false;
            }
            ahead.add(id);
        } else if (counts) {
            acceptors.add(id);
            note(id, ack.lastZxid());
        }
        return true;
    }

    private boolean isNewer(QuorumMessage.AckEpoch ack) {
        long ours = core.epochs.current();
        return ack.currentEpoch() > ours || (ack.currentEpoch() == ours && ack.lastZxid() > historyEnd);
    }

    /** Whether a learner's history is newer and will count: so many have the reconfiguration that it may be decided. */
    boolean isOvertakenBy(Learner learner) {
        return ahead.contains(learner.serverId())
                && core.quorum().holds(id -> !unaware.contains(id) && (hasAccepted(id) || ahead.contains(id)));
    }

    /** Whether the leader may begin. */
    boolean isEnough() {
        if (core.quorum().holds(this::hasAccepted)) {
            return true;
        }
        boolean mayBeDecided = core.quorum().holds(id -> !unaware.contains(id));
        return !mayBeDecided && core.quorum().holds(id -> hasAccepted(id) || ahead.contains(id));
    }

    private boolean hasAccepted(long serverId) {
        return serverId == core.serverId() || acceptors.contains(serverId);
    }
}
