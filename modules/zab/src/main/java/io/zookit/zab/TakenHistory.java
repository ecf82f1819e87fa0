package io.zookit.zab;

import io.zookit.model.Zxid;
import org.jspecify.annotations.Nullable;

/**
 * The history that a learner takes over from its leader: it begins with DIFF, TRUNC or SNAP and goes on with transactions, and the leader
 * says how much of it counts. What cannot be is answered with the reason to leave this leader; {@code null} says that all is well.
 */
final class TakenHistory {
    private final Core core;
    private boolean begun;
    private long committedZxid;

    TakenHistory(Core core) {
        this.core = core;
    }

    /** How this server's own history ends, as the leader is told: not at all when only a snapshot helps. */
    long ownEnd() {
        return core.wantsSnapshot() ? 0 : core.log.lastZxid();
    }

    boolean hasBegun() {
        return begun;
    }

    /** As far as the leader has said that it counts. */
    long committedZxid() {
        return committedZxid;
    }

    @Nullable
    String diff() {
        begun = true;
        if (ownEnd() != core.log.lastZxid()) {
            return "the leader sends a DIFF to one that asked for a snapshot";
        }
        committedZxid = core.log.lastZxid();
        return null;
    }

    @Nullable
    String trunc(long zxid) {
        begun = true;
        committedZxid = zxid;
        if (zxid < core.committedZxid()) {
            return "the leader wants " + Zxid.text(core.committedZxid()) + " removed, which is committed";
        }
        if (zxid > core.log.lastZxid()) {
            return "the leader wants the log cut after " + Zxid.text(zxid) + "; it ends with "
                    + Zxid.text(core.log.lastZxid());
        }
        if (zxid < core.log.history().afterZxid()) {
            core.wantsSnapshot(true);
            return "the log begins after " + Zxid.text(zxid) + ", where the leader wants it cut: a snapshot is needed";
        }
        if (zxid < core.log.lastZxid()) {
            core.log.truncate(zxid);
        }
        return null;
    }

    /**
     * A snapshot comes.
     *
     * @param link where from
     */
    @Nullable
    String snap(long link, long zxid) {
        begun = true;
        if (zxid < core.committedZxid()) {
            return "the leader's snapshot of " + Zxid.text(zxid) + " is older than what is committed, "
                    + Zxid.text(core.committedZxid());
        }
        committedZxid = zxid;
        core.log.install(link, zxid);
        return null;
    }

    /** The log was cut, or has given way to the snapshot. */
    @Nullable
    String replaced() {
        if (core.log.lastZxid() != committedZxid) {
            return "the log ends with " + Zxid.text(core.log.lastZxid()) + " where the leader wanted "
                    + Zxid.text(committedZxid);
        }
        core.wantsSnapshot(false);
        return null;
    }

    /** A transaction follows; the last one may come once more. */
    @Nullable
    String append(long zxid, byte[] txn) {
        if (!begun) {
            return "a transaction came before a history was begun";
        }
        if (zxid == core.log.lastZxid()) {
            return null;
        }
        if (!History.follows(zxid, core.log.lastZxid())) {
            return "the leader sends " + Zxid.text(zxid) + " after " + Zxid.text(core.log.lastZxid())
                    + ": something is missing in between";
        }
        core.log.append(zxid, txn);
        return null;
    }

    /** It counts up to a zxid. */
    @Nullable
    String commit(long zxid) {
        if (!begun || zxid > core.log.lastZxid()) {
            return "the leader commits " + Zxid.text(zxid) + "; the last it sent is " + Zxid.text(core.log.lastZxid());
        }
        committedZxid = Math.max(committedZxid, zxid);
        return null;
    }
}
