/** Consensus of one: what is in the local log counts. */
module io.zookit.consensus.single {
    requires io.zookit.spi;
    requires static org.jspecify;

    provides io.zookit.spi.consensus.ConsensusProvider with
            io.zookit.consensus.single.SingleConsensusProvider;
}
