package io.zookit.spi.consensus;

import io.zookit.spi.PluginKind;
import io.zookit.spi.PluginProvider;

/** Provides a {@link Consensus}. */
public interface ConsensusProvider extends PluginProvider<Consensus> {
    @Override
    default PluginKind kind() {
        return PluginKind.CONSENSUS;
    }
}
