/** Consensus of an ensemble, over sockets. */
module io.zookit.consensus.zab {
    requires io.zookit.spi;
    requires io.zookit.wire;
    requires io.zookit.zab;
    requires org.slf4j;
    requires static org.jspecify;

    provides io.zookit.spi.consensus.ConsensusProvider with
            io.zookit.consensus.zab.ZabConsensusProvider;
}
