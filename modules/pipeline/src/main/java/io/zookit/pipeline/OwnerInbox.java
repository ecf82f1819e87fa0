package io.zookit.pipeline;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The way from the consensus to the owner of the state: pieces of work, done in the order in which they were put in. */
final class OwnerInbox {
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final Runnable announce;

    /**
     * @param announce has the owner take a turn
     */
    OwnerInbox(Runnable announce) {
        this.announce = announce;
    }

    /** Leaves work for the owner's next turn, which somebody else will bring about. Any thread. */
    void leave(Runnable piece) {
        work.add(piece);
    }

    /** Has the owner do some work soon. Any thread. */
    void put(Runnable piece) {
        work.add(piece);
        announce.run();
    }

    /** Does everything that is there. The owner of the state. */
    void empty() {
        Runnable piece;
        while ((piece = work.poll()) != null) {
            piece.run();
        }
    }
}
