package io.zookit.zab;

/** How far a node has come in its role (the words of ZooKeeper's {@code zabstate}). */
public enum Phase {
    /** Nobody leads yet. */
    ELECTION,
    /** A leader finds the newest history and gets its epoch accepted. */
    DISCOVERY,
    /** Learners get the leader's history. */
    SYNCHRONIZATION,
    /** Transactions flow. */
    BROADCAST
}
