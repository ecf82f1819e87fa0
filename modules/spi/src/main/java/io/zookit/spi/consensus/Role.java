package io.zookit.spi.consensus;

/** What a server is to its ensemble (the four peer states of ZooKeeper). */
public enum Role {
    /** Without a leader: no client is served. */
    LOOKING,
    /** Serves reads, forwards writes, votes. */
    FOLLOWING,
    /** Orders all writes. A standalone server leads nobody but itself. */
    LEADING,
    /** Serves reads, forwards writes, does not vote. */
    OBSERVING
}
