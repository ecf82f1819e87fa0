package io.zookit.zab;

import io.zookit.model.Zxid;

/**
 * The numbers a node works with. Times are milliseconds unless they say ticks.
 *
 * @param serverId this server's id
 * @param tickTimeMillis the length of a tick ({@code tickTime})
 * @param initLimitTicks the most ticks until a quorum is found, accepted and synchronised, each ({@code initLimit})
 * @param syncLimitTicks the most ticks a peer may be silent ({@code syncLimit})
 * @param reconfigEnabled whether configurations that others have, or clients ask for, are adopted ({@code reconfigEnabled})
 * @param electionSilenceMillis how long no better vote may come before a quorum of votes decides; not waited for when every voter
 *     with a link has voted alike
 * @param notificationMillisMin the first pause before votes are sent again; it doubles up to {@code notificationMillisMax}
 * @param retryMillisMin the first pause after an attempt to lead or follow has failed; it doubles up to {@code retryMillisMax}
 * @param historyTransactionsMax how many committed transactions are kept in memory for learners ({@code commitLogCount})
 * @param historyBytesMax how many bytes of them
 * @param logSyncTransactionsMax how many transactions a learner may be sent from the log on disk before a snapshot is thought
 *     cheaper; 0 for always a snapshot
 * @param linkBytesMax how many bytes may be on their way to a learner, unconfirmed, before it is cut off
 * @param counterMax the counter of the last transaction of an epoch: a leader that reaches it steps down
 */
public record ZabSettings(
        long serverId,
        int tickTimeMillis,
        int initLimitTicks,
        int syncLimitTicks,
        boolean reconfigEnabled,
        int electionSilenceMillis,
        int notificationMillisMin,
        int notificationMillisMax,
        int retryMillisMin,
        int retryMillisMax,
        int historyTransactionsMax,
        long historyBytesMax,
        long logSyncTransactionsMax,
        long linkBytesMax,
        long counterMax) {
    /** Transactions an epoch is ended before its counter is full. */
    private static final long ROLLOVER_MARGIN = 1 << 20;

    /** The defaults, for what a configuration file says. */
    public static ZabSettings of(long serverId, int tickTimeMillis, int initLimitTicks, int syncLimitTicks) {
        return new ZabSettings(
                serverId,
                tickTimeMillis,
                initLimitTicks,
                syncLimitTicks,
                false,
                50,
                200,
                60_000,
                50,
                2_000,
                500,
                16 << 20,
                100_000,
                64 << 20,
                Zxid.COUNTER_MAX - ROLLOVER_MARGIN);
    }

    /** The same with other bounds for what is kept for learners. */
    public ZabSettings withHistory(int transactionsMax, long bytesMax, long logTransactionsMax) {
        return new ZabSettings(
                serverId,
                tickTimeMillis,
                initLimitTicks,
                syncLimitTicks,
                reconfigEnabled,
                electionSilenceMillis,
                notificationMillisMin,
                notificationMillisMax,
                retryMillisMin,
                retryMillisMax,
                transactionsMax,
                bytesMax,
                logTransactionsMax,
                linkBytesMax,
                counterMax);
    }

    /** The same with other pauses before votes are sent again. */
    public ZabSettings withNotifications(int millisMin, int millisMax) {
        return new ZabSettings(
                serverId,
                tickTimeMillis,
                initLimitTicks,
                syncLimitTicks,
                reconfigEnabled,
                electionSilenceMillis,
                millisMin,
                millisMax,
                retryMillisMin,
                retryMillisMax,
                historyTransactionsMax,
                historyBytesMax,
                logSyncTransactionsMax,
                linkBytesMax,
                counterMax);
    }

    /** The same with other bounds for a link and an epoch. */
    public ZabSettings withBounds(long linkBytesMax, long counterMax) {
        return new ZabSettings(
                serverId,
                tickTimeMillis,
                initLimitTicks,
                syncLimitTicks,
                reconfigEnabled,
                electionSilenceMillis,
                notificationMillisMin,
                notificationMillisMax,
                retryMillisMin,
                retryMillisMax,
                historyTransactionsMax,
                historyBytesMax,
                logSyncTransactionsMax,
                linkBytesMax,
                counterMax);
    }

    /** The same with reconfiguration switched on or off. */
    public ZabSettings withReconfig(boolean reconfigEnabled) {
        return new ZabSettings(
                serverId,
                tickTimeMillis,
                initLimitTicks,
                syncLimitTicks,
                reconfigEnabled,
                electionSilenceMillis,
                notificationMillisMin,
                notificationMillisMax,
                retryMillisMin,
                retryMillisMax,
                historyTransactionsMax,
                historyBytesMax,
                logSyncTransactionsMax,
                linkBytesMax,
                counterMax);
    }

    long initMillis() {
        return (long) initLimitTicks * tickTimeMillis;
    }

    long syncMillis() {
        return (long) syncLimitTicks * tickTimeMillis;
    }
}
