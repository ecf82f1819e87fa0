package io.zookit.spi.session;

import io.zookit.spi.PluginKind;
import io.zookit.spi.PluginProvider;

/** Provides a {@link SessionExpiry}. */
public interface SessionExpiryProvider extends PluginProvider<SessionExpiry> {
    @Override
    default PluginKind kind() {
        return PluginKind.SESSION;
    }
}
