package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.tree.PendingTree;
import io.zookit.tree.QuotaNumbers;
import io.zookit.tree.QuotaUse;
import io.zookit.watch.WatchTable;
import io.zookit.watch.WatcherType;

/**
 * What one client may have, and what is said to those who want more: {@link ErrorCode#QUOTA_EXCEEDED}. Runs on the owner of the
 * state.
 *
 * @param watchesPerConnection watches of one connection, 0 for any number
 * @param ephemeralsPerSession ephemeral znodes of one session, 0 for any number
 * @param enforceQuota whether a write above a hard quota fails
 * @param listener hears of each limit that bites
 */
public record RequestLimits(
        int watchesPerConnection, int ephemeralsPerSession, boolean enforceQuota, LimitListener listener) {

    /** Whether a client may set a watch, which it always may again: OK, or why not. */
    ErrorCode mayWatch(WatchTable<Caller> watches, String path, WatcherType type, Caller caller) {
        boolean fits = watchesPerConnection == 0
                || watches.watchCount(caller) < watchesPerConnection
                || watches.contains(path, caller, type);
        if (fits) {
            return ErrorCode.OK;
        }
        listener.bit(
                Limit.WATCHES,
                () -> "session 0x" + Long.toHexString(caller.sessionId()) + " has " + watchesPerConnection
                        + " watches; refused another");
        return ErrorCode.QUOTA_EXCEEDED;
    }

    /** Whether a session may own one more ephemeral znode: OK, or why not. */
    ErrorCode mayOwnOneMore(PendingTree pending, long sessionId) {
        if (ephemeralsPerSession == 0 || pending.ephemeralCount(sessionId) < ephemeralsPerSession) {
            return ErrorCode.OK;
        }
        listener.bit(
                Limit.EPHEMERALS,
                () -> "session 0x" + Long.toHexString(sessionId) + " has " + ephemeralsPerSession
                        + " ephemeral znodes; refused another");
        return ErrorCode.QUOTA_EXCEEDED;
    }

    /**
     * Whether the quota of a znode allows a change: OK, or why not. A soft limit only warns, and so does a hard one that is not
     * enforced; where both are set, only the hard one is looked at.
     *
     * @param countAdded znodes more, 0 or 1
     * @param bytesAdded bytes of data more or, if negative, less
     */
    ErrorCode quota(PendingTree pending, String path, int countAdded, long bytesAdded) {
        QuotaUse use = pending.quota(path);
        if (use == null) {
            return ErrorCode.OK;
        }
        QuotaNumbers limits = use.limits();
        ErrorCode byCount = countAdded == 0
                ? ErrorCode.OK
                : check(use.path(), "count", use.count() + countAdded, limits.count(), limits.countHardLimit());
        if (byCount != ErrorCode.OK || bytesAdded == 0) {
            return byCount;
        }
        return check(use.path(), "bytes", use.bytes() + bytesAdded, limits.bytes(), limits.byteHardLimit());
    }

    private ErrorCode check(String path, String unit, long wanted, long soft, long hard) {
        boolean isHard = hard != QuotaNumbers.NONE;
        long allowed = isHard ? hard : soft;
        if (allowed <= QuotaNumbers.NONE || wanted <= allowed) {
            return ErrorCode.OK;
        }
        boolean refused = isHard && enforceQuota;
        listener.bit(
                refused ? Limit.HARD_QUOTA : Limit.QUOTA,
                () -> "quota of " + path + " exceeded: " + unit + " " + wanted + ", " + (isHard ? "hard" : "soft")
                        + " limit " + allowed + (refused ? "; refused" : "; allowed"));
        return refused ? ErrorCode.QUOTA_EXCEEDED : ErrorCode.OK;
    }
}
