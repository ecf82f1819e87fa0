package io.zookit.zab;

import io.zookit.wire.QuorumMessage;

/** A learner's link to its leader: dialed a few times, then watched for silence. */
final class LeaderLink {
    private static final int CONNECT_TRIES_MAX = 5;
    private static final int CONNECT_PAUSE_MILLIS = 100;

    private final Core core;
    private final long leader;
    private long link;
    private boolean up;
    private int tries;
    private long retryMillis = Long.MAX_VALUE;
    private long deadlineMillis;

    LeaderLink(Core core, long leader) {
        this.core = core;
        this.leader = leader;
        this.deadlineMillis = core.nowMillis() + core.settings.initMillis();
    }

    void dial() {
        tries++;
        retryMillis = Long.MAX_VALUE;
        link = core.nextLeaderLink();
        core.effects.connectLeader(link, leader);
    }

    /** Whether a link by that name is this one. */
    boolean is(long name) {
        return name == link && retryMillis == Long.MAX_VALUE;
    }

    boolean isUp() {
        return up;
    }

    long link() {
        return link;
    }

    void up() {
        up = true;
    }

    /** The leader's port may open a little later than its election ends. Whether it is dialed once more, after a pause. */
    boolean mayDialAgain() {
        if (up || tries == CONNECT_TRIES_MAX) {
            return false;
        }
        retryMillis = core.nowMillis() + CONNECT_PAUSE_MILLIS;
        return true;
    }

    boolean isToBeDialed() {
        return core.nowMillis() >= retryMillis;
    }

    void send(QuorumMessage message) {
        core.effects.send(link, message);
    }

    void close(String reason) {
        core.effects.closeLink(link, reason);
    }

    /** The leader may be silent for so long, from now. */
    void expectWord(long millis) {
        deadlineMillis = core.nowMillis() + millis;
    }

    boolean isOverdue() {
        return core.nowMillis() >= silenceEndMillis();
    }

    long nextDeadlineMillis() {
        return Math.min(retryMillis, silenceEndMillis());
    }

    /** While a snapshot streams in, the driver watches the link. */
    private long silenceEndMillis() {
        return core.log.work() == LocalLog.Work.INSTALLING ? Long.MAX_VALUE : deadlineMillis;
    }
}
