package io.zookit.zab;

import io.zookit.model.Zxid;

/**
 * How a learner's history is made the leader's (Zab, synchronisation phase; the words are those of the quorum protocol).
 *
 * <pre>
 *   DIFF from memory      the learner's last transaction is in our history, and what follows it in memory
 *   DIFF from the log     ... and what follows it on disk
 *   TRUNC                 the learner has more than we have, and nothing is missing
 *   TRUNC then DIFF       the learner has what we never had, and misses what we have
 *   SNAP                  everything else: it ends before our log begins, or we cannot tell
 * </pre>
 *
 * @param source where what the learner gets comes from
 * @param truncate whether it must first remove what it has after {@code fromZxid}
 * @param fromZxid the last transaction both have; with a snapshot: the least zxid it may have
 */
record SyncPlan(Source source, boolean truncate, long fromZxid) {
    /** Where the missing transactions are taken from. */
    enum Source {
        MEMORY,
        LOG,
        SNAPSHOT
    }

    /** No limit: the log is all there is to send. */
    static final long WHOLE_LOG = Long.MAX_VALUE;

    /**
     * Decides. A pure function of one moment's facts.
     *
     * <p>A snapshot is never older than what the learner shares with us: it takes the place of the learner's log, and with an older one
     * the learner would for a while be without transactions that it has acknowledged.
     *
     * <p>Cutting back to the newest common point is right because an epoch's transactions exist only where the whole beginning of
     * that epoch is: whoever has any transaction of an epoch shares all that the epoch stands on.
     *
     * @param peerLastZxid the learner's newest transaction
     * @param peerCurrentEpoch the epoch it last took part in, -1 when it did not say
     * @param history ours, up to what is committed
     * @param memoryAfterZxid every transaction after it is in memory
     * @param logTransactionsMax how many may be sent from the log on disk; {@link #WHOLE_LOG} before a quorum has our history
     */
    static SyncPlan of(
            long peerLastZxid, int peerCurrentEpoch, History history, long memoryAfterZxid, long logTransactionsMax) {
        long last = history.lastZxid();
        if (peerLastZxid == last) {
            return new SyncPlan(Source.MEMORY, false, last);
        }
        if (peerLastZxid <= 0 && peerCurrentEpoch != 0 && logTransactionsMax == WHOLE_LOG && history.afterZxid() == 0) {
            // It has nothing, and the quorum may need it: no snapshot is new enough before there is one.
            return new SyncPlan(memoryAfterZxid == 0 ? Source.MEMORY : Source.LOG, false, 0);
        }
        if (peerLastZxid <= 0) {
            // It asks for everything. One that does not say its epoch may have history all the same, and must not fall
            // behind what it may have acknowledged; for one that has nothing any snapshot will do, and what follows it.
            return new SyncPlan(Source.SNAPSHOT, false, peerCurrentEpoch == -1 ? last : 0);
        }
        boolean epochStart = Zxid.counter(peerLastZxid) == 0;
        if (peerLastZxid < history.afterZxid() || (epochStart && peerLastZxid > last)) {
            return new SyncPlan(Source.SNAPSHOT, false, Math.min(peerLastZxid, last));
        }
        long common = history.floor(peerLastZxid);
        boolean truncate = common != peerLastZxid && !epochStart;
        if (common >= memoryAfterZxid) {
            return new SyncPlan(Source.MEMORY, truncate, common);
        }
        return history.countAfter(common) <= logTransactionsMax
                ? new SyncPlan(Source.LOG, truncate, common)
                : new SyncPlan(Source.SNAPSHOT, false, common);
    }
}
