package io.zookit.consensus.single;

import io.zookit.spi.PluginContext;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.ConsensusProvider;

/** Provides the consensus of a standalone server, id {@code single}. It has no settings. */
public final class SingleConsensusProvider implements ConsensusProvider {
    @Override
    public String id() {
        return "single";
    }

    @Override
    public Consensus create(PluginContext context) {
        return new SingleConsensus();
    }
}
