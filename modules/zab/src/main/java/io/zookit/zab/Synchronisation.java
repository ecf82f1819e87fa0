package io.zookit.zab;

import io.zookit.model.Zxid;
import io.zookit.wire.QuorumMessage;
import java.nio.charset.StandardCharsets;

/**
 * How a leader sends learners its history: what {@link SyncPlan} says, then NEWLEADER. From there the learner is live, and nothing is
 * left out in between: what is sent is decided, sent and noted in one step.
 */
final class Synchronisation {
    private final Core core;
    private final Learners learners;
    private final Broadcast broadcast;

    Synchronisation(Core core, Learners learners, Broadcast broadcast) {
        this.core = core;
        this.learners = learners;
        this.broadcast = broadcast;
    }

    /** Begins with a learner that has accepted the epoch. */
    void begin(Learner learner) {
        long committed = broadcast.committedZxid();
        SyncPlan plan = SyncPlan.of(
                learner.lastZxid(),
                learner.currentEpoch(),
                core.log.history().upTo(committed),
                core.log.recent().afterZxid(),
                // Before a quorum has the history there may be no newer snapshot, and no quorum without this learner.
                broadcast.hasBegun() ? core.settings.logSyncTransactionsMax() : Long.MAX_VALUE);
        if (plan.source() == SyncPlan.Source.SNAPSHOT) {
            learner.step(Learner.Step.STREAMING);
            core.effects.sendSnapshot(learner.link(), plan.fromZxid());
            return;
        }
        learner.send(plan.truncate() ? new QuorumMessage.Trunc(plan.fromZxid()) : new QuorumMessage.Diff(committed));
        goOn(learner, plan.fromZxid());
    }

    /** Sends what follows a zxid: from memory, then NEWLEADER; or from the log first, as much as memory has forgotten. */
    void goOn(Learner learner, long zxid) {
        RecentLog recent = core.log.recent();
        if (zxid >= recent.afterZxid()) {
            sendFromMemory(learner, recent, zxid);
        } else if (zxid >= core.log.history().afterZxid()) {
            // Others may have made a quorum before this server's own disk was done; the rest is in memory.
            long through = Math.min(broadcast.committedZxid(), core.log.durableZxid());
            learner.stream(through);
            core.effects.sendLog(learner.link(), zxid, through);
        } else {
            learners.drop(learner, "needs what follows " + Zxid.text(zxid) + ", which the log does not hold any more");
        }
    }

    /** What is committed goes with its COMMIT, what is still open to followers without, and NEWLEADER ends it. */
    private void sendFromMemory(Learner learner, RecentLog recent, long zxid) {
        long committed = broadcast.committedZxid();
        for (int i = recent.indexAfter(zxid); i < recent.size(); i++) {
            long next = recent.zxid(i);
            if (next > committed && learner.isObserver()) {
                break;
            }
            learner.send(new QuorumMessage.Proposal(next, recent.record(i)), recent.record(i).length);
            if (next <= committed) {
                learner.send(new QuorumMessage.Commit(next));
            }
        }
        // What is under way once transactions flow is a proposal like any other; what the leader began with counts with
        // its history.
        Membership named = broadcast.hasBegun() ? core.membership() : core.newestMembership();
        byte[] config = named.text().getBytes(StandardCharsets.UTF_8);
        learner.send(new QuorumMessage.NewLeader(broadcast.epoch(), config));
        learner.sent(Math.max(committed, Zxid.of(broadcast.epoch(), 0)));
        learner.deadlineMillis(core.nowMillis() + core.settings.initMillis());
    }
}
