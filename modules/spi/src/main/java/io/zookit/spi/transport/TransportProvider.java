package io.zookit.spi.transport;

import io.zookit.spi.PluginKind;
import io.zookit.spi.PluginProvider;

/** Provides a {@link Transport}. */
public interface TransportProvider extends PluginProvider<Transport> {
    @Override
    default PluginKind kind() {
        return PluginKind.TRANSPORT;
    }
}
