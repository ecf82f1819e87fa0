package io.zookit.zab;

/**
 * What a server found on its disk when it started.
 *
 * @param acceptedEpoch the newest epoch it has promised to, 0 for none
 * @param currentEpoch the epoch it last took part in, 0 for none. A crash may have left it behind the log, or, before a server's
 *     first start in an ensemble, unwritten: the node raises it (what is in the log of an epoch stands on that epoch's whole
 *     beginning, so this promises nothing new)
 * @param history the extent of its log
 * @param emptyVote whether the server votes if it has nothing
 * @param unsynced whether it has begun with nothing, and no leader has given it everything since: what was last saved by
 *     {@link ZabEffects#saveUnsynced}
 */
public record StoredState(
        long acceptedEpoch, long currentEpoch, History history, EmptyVote emptyVote, boolean unsynced) {
    /** A server that has no synchronisation behind it that was not completed. */
    public StoredState(long acceptedEpoch, long currentEpoch, History history, EmptyVote emptyVote) {
        this(acceptedEpoch, currentEpoch, history, emptyVote, false);
    }

    /** A server whose vote counts even if it has nothing. */
    public StoredState(long acceptedEpoch, long currentEpoch, History history) {
        this(acceptedEpoch, currentEpoch, history, EmptyVote.ALWAYS);
    }

    /** Whether the server votes at all before a leader has given it everything. */
    boolean votes() {
        return emptyVote == EmptyVote.ALWAYS || (!unsynced && (emptyVote != EmptyVote.NEVER || !isEmpty()));
    }

    /** Whether it leaves it to those who have a history to elect a leader. */
    boolean yields() {
        return emptyVote != EmptyVote.ALWAYS && (unsynced || isEmpty());
    }

    private boolean isEmpty() {
        return currentEpoch == 0 && history.lastZxid() == 0;
    }

    /** A server that was never started. */
    public static StoredState empty() {
        return new StoredState(0, 0, History.EMPTY);
    }
}
