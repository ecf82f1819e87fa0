package io.zookit.zab;

import io.zookit.model.Check;
import io.zookit.model.Zxid;
import io.zookit.wire.QuorumMessage;

/**
 * The transactions of an epoch at its leader: proposed in order, committed in order, each once a quorum has it durably. The leader's
 * own disk counts like any other.
 */
final class Broadcast {
    private final Core core;
    private final Learners learners;
    private long epoch;
    private boolean begun;

    /** The epoch has had its last transaction. */
    private boolean full;

    private long lastProposed;
    private long committedZxid;

    /** The zxid of the reconfiguration under way, 0 for none. */
    private long reconfigurationZxid;

    /** Who leads after a reconfiguration that was decided, {@link Membership#NOBODY} while this server goes on. */
    private long nextLeader = Membership.NOBODY;

    private long progressMillis;

    Broadcast(Core core, Learners learners) {
        this.core = core;
        this.learners = learners;
        this.committedZxid = core.log.lastZxid();
        this.progressMillis = core.nowMillis();
    }

    /** The epoch is chosen and accepted. */
    void choose(long epoch) {
        this.epoch = epoch;
        this.lastProposed = Zxid.of(epoch, 0);
    }

    /** A quorum has the leader's history: transactions may flow. */
    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    long epoch() {
        return epoch;
    }

    long lastProposed() {
        return lastProposed;
    }

    /** What a quorum has; before the broadcast begins, the history it begins with. */
    long committedZxid() {
        return committedZxid;
    }

    // ---- proposals

    boolean propose(long zxid, byte[] record) {
        if (!begun || full || nextLeader != Membership.NOBODY || Zxid.epoch(zxid) != epoch) {
            return false;
        }
        if (zxid != lastProposed + 1) {
            throw new IllegalStateException(Zxid.text(zxid) + " is proposed after " + Zxid.text(lastProposed));
        }
        if (core.log.isDurable()) {
            progressMillis = core.nowMillis();
        }
        Membership next = Reconfiguration.in(zxid, record);
        if (next != null) {
            Check.state(reconfigurationZxid == 0, "a membership is proposed while another one is under way");
            reconfigurationZxid = zxid;
        }
        core.log.append(zxid, record);
        QuorumMessage.Proposal proposal = new QuorumMessage.Proposal(zxid, record);
        for (Learner learner : learners.all()) {
            if (learner.isLive() && !learner.isObserver()) {
                learner.proposed(lastProposed, core.nowMillis());
                learner.send(proposal, record.length);
            }
        }
        lastProposed = zxid;
        full = Zxid.counter(zxid) >= core.settings.counterMax();
        if (next != null) {
            core.proposedMembership(next);
        }
        learners.dropSlow(lastProposed);
        return true;
    }

    /** A learner says what it has durably. */
    void acknowledged(Learner learner, long zxid) {
        if (zxid > lastProposed || Zxid.counter(zxid) == 0 || !learner.isLive() || learner.isObserver()) {
            learners.drop(learner, "acknowledged " + Zxid.text(zxid) + ", which it was not sent to acknowledge");
        } else {
            learner.acked(zxid, core.nowMillis());
            if (learner.isSynced()) {
                commitIfEnough();
            }
        }
    }

    void ownLogAdvanced() {
        progressMillis = core.nowMillis();
    }

    /** Whether the own log has made no progress for so long that a leader should not be one any more. */
    boolean isStuck() {
        return !core.log.isDurable() && progressMillis < core.nowMillis() - core.settings.syncMillis();
    }

    // ---- commits

    /** Commits, in order, whatever a quorum has durably. May end the role: an epoch that is full, another leader designated. */
    void commitIfEnough() {
        if (!begun) {
            return;
        }
        if (nextLeader != Membership.NOBODY) {
            handOverIfDone();
            return;
        }
        announce(committable());
        if (reconfigurationZxid != 0 && committedZxid >= reconfigurationZxid) {
            activate();
            return;
        }
        core.commit(committedZxid);
        if (full && committedZxid == lastProposed) {
            core.lookAgain();
        }
    }

    /** Up to a reconfiguration the old membership decides; it and what follows need both. Never more than to it at once. */
    private long committable() {
        long reached = newestWith(core.committedQuorum());
        if (reconfigurationZxid == 0 || reached < reconfigurationZxid) {
            return reached;
        }
        boolean both = newestWith(core.newestQuorum()) >= reconfigurationZxid;
        return both ? reconfigurationZxid : reconfigurationZxid - 1;
    }

    /** The newest zxid that a quorum has durably; each candidate is what some server has. */
    private long newestWith(Quorum quorum) {
        long newest = newestWith(quorum, core.log.durableZxid(), committedZxid);
        for (Learner learner : learners.all()) {
            newest = newestWith(quorum, learner.ackedZxid(), newest);
        }
        return newest;
    }

    private long newestWith(Quorum quorum, long candidate, long newest) {
        return candidate > newest && quorum.holds(id -> durableAt(id) >= candidate) ? candidate : newest;
    }

    private long durableAt(long serverId) {
        if (serverId == core.serverId()) {
            return core.log.durableZxid();
        }
        Learner learner = learners.ofVoter(serverId);
        return learner != null && learner.isSynced() ? learner.ackedZxid() : 0;
    }

    /** Tells learners what has been committed up to a zxid. */
    private void announce(long zxid) {
        RecentLog recent = core.log.recent();
        for (int i = recent.indexAfter(committedZxid); i < recent.size() && recent.zxid(i) <= zxid; i++) {
            announce(recent.zxid(i), recent.record(i));
            committedZxid = recent.zxid(i);
        }
    }

    private void announce(long zxid, byte[] record) {
        QuorumMessage commit = null;
        QuorumMessage inform = null;
        for (Learner learner : learners.all()) {
            if (learner.isLive() && learner.isObserver()) {
                inform = inform == null ? inform(zxid, record) : inform;
                learner.send(inform, record.length);
            } else if (learner.isLive()) {
                commit = commit == null ? commit(zxid) : commit;
                learner.send(commit);
            }
        }
    }

    private QuorumMessage commit(long zxid) {
        return zxid == reconfigurationZxid
                ? new QuorumMessage.CommitAndActivate(zxid, designatedLeader())
                : new QuorumMessage.Commit(zxid);
    }

    private QuorumMessage inform(long zxid, byte[] record) {
        return zxid == reconfigurationZxid
                ? new QuorumMessage.InformAndActivate(zxid, designatedLeader(), record)
                : new QuorumMessage.Inform(zxid, record);
    }

    // ---- reconfiguration

    /** Who leads the next membership: this server if it may stay, otherwise whoever has acknowledged most. */
    private long designatedLeader() {
        Membership next = core.newestMembership();
        Member self = next.member(core.serverId());
        Member before = core.membership().member(core.serverId());
        if (self != null && self.voter() && before != null && self.addresses().equals(before.addresses())) {
            return core.serverId();
        }
        long best = core.serverId();
        long bestAcked = -1;
        for (Learner learner : learners.all()) {
            if (next.isVoter(learner.serverId()) && learner.ackedZxid() > bestAcked) {
                best = learner.serverId();
                bestAcked = learner.ackedZxid();
            }
        }
        return best;
    }

    private void activate() {
        long leader = designatedLeader();
        reconfigurationZxid = 0;
        core.adoptWith(committedZxid, core.newestMembership());
        if (leader == core.serverId()) {
            commitIfEnough();
        } else {
            nextLeader = leader;
            handOverIfDone();
        }
    }

    /** Others may have the reconfiguration durably first: whoever asked for it here is answered before this server stops to serve. */
    private void handOverIfDone() {
        core.commit(committedZxid);
        if (core.committedZxid() == committedZxid) {
            core.lookFor(nextLeader);
        }
    }
}
