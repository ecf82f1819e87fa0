package io.zookit.spi.auth;

import io.zookit.spi.PluginKind;
import io.zookit.spi.PluginProvider;

/** Provides an {@link AuthScheme}. */
public interface AuthSchemeProvider extends PluginProvider<AuthScheme> {
    @Override
    default PluginKind kind() {
        return PluginKind.AUTH;
    }
}
