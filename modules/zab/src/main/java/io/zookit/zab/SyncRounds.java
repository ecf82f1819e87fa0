package io.zookit.zab;

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

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** The newest round that has begun, and the newest that a quorum has answered. */
    private long begun;

    private long answered;

    /**
     * A sync came.
     *
     * @param lastProposed what it has to wait for
     * @return whether a round has to begin now
     */
    boolean add(long link, long lastProposed) {
        waiting.add(new Waiting(link, lastProposed, begun + 1));
        return begun == answered;
    }

    boolean isRoundOpen() {
        return begun > answered;
    }

    void begin() {
        begun++;
    }

    /** A quorum has answered; whether the next round has to begin. */
    boolean answered() {
        answered = begun;
        return !waiting.isEmpty() && waiting.getLast().round() > begun;
    }

    /** Whether the oldest sync is done. */
    boolean isReady(long committedZxid) {
        Waiting oldest = waiting.peek();
        return oldest != null && oldest.round() <= answered && oldest.zxid() <= committedZxid;
    }

    /** Removes the oldest; the link it came by. */
    long remove() {
        return waiting.remove().link();
    }
}
