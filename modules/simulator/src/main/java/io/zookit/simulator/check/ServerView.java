package io.zookit.simulator.check;

import io.zookit.simulator.storage.Epochs;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import java.util.Collection;
import java.util.Set;

/** A server as the checkers see it: from outside, and with an eye on the platter that the server itself does not have. */
public interface ServerView {
    /** Its id. */
    long id();

    /** Counts its starts. */
    int incarnation();

    /** Whether it leads, as far as it knows. */
    boolean leads();

    /** What is in its files; while the server is down, what a start would find. */
    ServerStorage storage();

    /** Whether it had a transaction durably when it lost its data, if it has not been given everything since. */
    boolean hasHeld(StoredTxn txn);

    /** The epochs that a loss of power right now would leave, in the worst case. */
    Epochs durableEpochs();

    /** The newest transaction that a loss of power right now may leave. */
    long newestZxidAfterCrash();

    /** The sessions its state holds. */
    Set<Long> sessions();

    /** The sessions that own znodes in its state. */
    Collection<Long> owners();
}
