package io.zookit.pipeline;

/**
 * COMMIT: keeps how far the consensus has decided. Commit is a watermark, not a message: whoever has the turn reads it and applies
 * up to there.
 */
final class CommitStage {
    private final Runnable announce;
    private volatile long committedZxid;

    /**
     * @param announce wakes the owner of the state
     * @param zxid what is committed at the start
     */
    CommitStage(Runnable announce, long zxid) {
        this.announce = announce;
        committedZxid = zxid;
    }

    /** Moves the watermark. Called by one thread of the consensus at a time. */
    void committed(long zxid) {
        committedZxid = zxid;
        announce.run();
    }

    /** The state was built anew; the consensus waits for it. The owner of the state. */
    void restart(long zxid) {
        committedZxid = zxid;
    }

    /** Everything up to this zxid may be applied. */
    long committedZxid() {
        return committedZxid;
    }
}
