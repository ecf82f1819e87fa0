package io.zookit.zab;

/**
 * What the vote of a server is worth that has no data. It may be new in a new ensemble, and then its vote is needed; or it has lost its
 * data, and with its vote a server that is behind could become the leader, and what both no longer know would be gone. Whoever was given
 * all of the data by a leader votes like any other; whoever was given a part of it does not vote, unless somebody has said that it is
 * right.
 */
public enum EmptyVote {
    /** Somebody has said that it is right to begin with nothing. */
    ALWAYS,
    /** It votes among servers that have nothing either. As soon as it hears of one that has, it leaves the election to those. */
    AMONG_EMPTY,
    /** It does not vote. */
    NEVER
}
