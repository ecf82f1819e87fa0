package io.zookit.pipeline;

/**
 * When a snapshot is due. A snapshot writes all data to save replaying the log, so it pays when the log has outgrown the data: then
 * a server writes half as much to snapshots as to the log, however large the tree, and a restart replays twice what it loads at most.
 *
 * @param transactions logged since the last snapshot, at least; a random point of the second half is taken, so that the members of
 *     an ensemble do not all write at once
 * @param logBytes logged since the last snapshot, at least
 * @param outgrowsData whether the log must also have become twice as large as the data, or {@link #LOG_BYTES_MAX}
 */
public record SnapshotPolicy(int transactions, long logBytes, boolean outgrowsData) {
    /** A log this long is reason enough, whatever the size of the data. */
    public static final long LOG_BYTES_MAX = 4L << 30;

    /** How many times as long as the data the log becomes. */
    private static final int GROWTH = 2;

    private static final long LOG_BYTES_MIN = 256L << 20;

    /** Exactly by the number of transactions: what an operator who sets {@code snapCount} asks for. */
    public static SnapshotPolicy byTransactions(int transactions) {
        return new SnapshotPolicy(transactions, 0, false);
    }

    /** When the log has outgrown the data, and not before it is worth it. */
    public static SnapshotPolicy byGrowth(int transactions) {
        return new SnapshotPolicy(transactions, LOG_BYTES_MIN, true);
    }

    /**
     * Whether a snapshot is due.
     *
     * @param transactionsWanted the point that was drawn
     * @param transactionsLogged since the last snapshot
     * @param bytesLogged since the last snapshot
     * @param dataBytes about what a snapshot would write
     */
    boolean isDue(int transactionsWanted, long transactionsLogged, long bytesLogged, long dataBytes) {
        return transactionsLogged >= transactionsWanted
                && bytesLogged >= logBytes
                && (!outgrowsData || bytesLogged >= Math.min(GROWTH * dataBytes, LOG_BYTES_MAX));
    }
}
