/** Bytes: the jute encoding, the frames of the client protocol and the stored form of transactions. */
module io.zookit.wire {
    requires transitive io.zookit.model;
    requires static org.jspecify;

    exports io.zookit.wire;
}
