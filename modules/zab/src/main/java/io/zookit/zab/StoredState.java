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
 */
public record StoredState(long acceptedEpoch, long currentEpoch, History history, EmptyVote emptyVote) {
    /** A server whose vote counts even if it has nothing. */
    public StoredState(long acceptedEpoch, long currentEpoch, History history) {
        this(acceptedEpoch, currentEpoch, history, EmptyVote.ALWAYS);
    }

    /** Whether a server without history, that was never given one by a leader, votes at all. */
    boolean votes() {
        return emptyVote != EmptyVote.NEVER || !isEmpty();
    }

    /** Whether a server without history leaves it to those who have one to elect a leader. */
    boolean yields() {
        return emptyVote != EmptyVote.ALWAYS && isEmpty();
    }

    private boolean isEmpty() {
        return currentEpoch == 0 && history.lastZxid() == 0;
    }

    /** A server that was never started. */
    public static StoredState empty() {
        return new StoredState(0, 0, History.EMPTY);
    }
}
