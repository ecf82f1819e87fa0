package io.zookit.zab;

import io.zookit.wire.QuorumMessage;
import java.util.ArrayDeque;

/**
 * The syncs that wait at a leader. One is done when everything proposed before it is committed, and when a quorum has answered a ping
 * that was sent after it came: then no other leader had committed anything before it came. One round of pings serves all syncs that
 * came before it began.
 */
final class SyncRounds {
    /** In the place of a link: a client of the leader itself. */
    static final long LOCAL = 0;

    private record Waiting(long link, long zxid, long round) {}

    private final Core core;
    private final Learners learners;
    private final Broadcast broadcast;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** The newest round that has begun, and the newest that a quorum has answered. */
    private long begun;

    private long answered;

    SyncRounds(Core core, Learners learners, Broadcast broadcast) {
        this.core = core;
        this.learners = learners;
        this.broadcast = broadcast;
    }

    /** A sync came, by a learner's link or {@link #LOCAL}. */
    void add(long link) {
        waiting.add(new Waiting(link, core.log.lastZxid(), begun + 1));
        if (begun == answered) {
            begin();
            endIfEnough();
        }
        release();
    }

    /** Syncs that are not answered yet. */
    int size() {
        return waiting.size();
    }

    private void begin() {
        begun++;
        learners.all().forEach(Learner::leaveRound);
        join();
    }

    /** Learners that serve by now, and have no part in the open round yet, get one. */
    void join() {
        if (begun == answered) {
            return;
        }
        for (Learner learner : learners.all()) {
            if (learner.step() == Learner.Step.SERVING && !learner.isObserver() && !learner.isInRound()) {
                learner.joinRound();
                learner.ping(broadcast.lastProposed());
            }
        }
    }

    /** Somebody has answered a ping. */
    void endIfEnough() {
        while (begun > answered && core.quorum().holds(this::hasAnswered)) {
            answered = begun;
            if (!waiting.isEmpty() && waiting.getLast().round() > begun) {
                begin();
            }
        }
    }

    private boolean hasAnswered(long serverId) {
        if (serverId == core.serverId()) {
            return true;
        }
        Learner learner = learners.ofVoter(serverId);
        return learner != null && learner.hasAnsweredRound();
    }

    /** Answers the syncs that are done, the oldest first. */
    void release() {
        while (!waiting.isEmpty()
                && waiting.element().round() <= answered
                && waiting.element().zxid() <= core.committedZxid()) {
            long link = waiting.remove().link();
            Learner learner = link == LOCAL ? null : learners.get(link);
            if (link == LOCAL) {
                core.effects.synced();
            } else if (learner != null) {
                learner.send(new QuorumMessage.Sync());
            }
        }
    }
}
