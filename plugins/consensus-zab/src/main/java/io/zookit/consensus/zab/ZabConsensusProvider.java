package io.zookit.consensus.zab;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.ConsensusProvider;
import java.util.List;

/** Provides the consensus of an ensemble, id {@code zab}. */
public final class ZabConsensusProvider implements ConsensusProvider {
    /** For the service loader. */
    public ZabConsensusProvider() {}

    @Override
    public String id() {
        return "zab";
    }

    @Override
    public List<Setting> settings() {
        return EnsembleSettings.all();
    }

    @Override
    public Consensus create(PluginContext context) {
        return new ZabConsensus(context, EnsembleSettings.of(context), context.peerSockets());
    }
}
