/** Consensus of an ensemble: election, discovery, synchronisation and broadcast, without input or output of its own. */
module io.zookit.zab {
    requires transitive io.zookit.wire;
    requires static org.jspecify;

    exports io.zookit.zab;
}
