package io.zookit.spi.auth;

import io.zookit.spi.PluginKind;
import io.zookit.spi.PluginProvider;

/** Provides an {@link IdentityGrant}. Chosen in the same list as the authentication schemes. */
public interface IdentityGrantProvider extends PluginProvider<IdentityGrant> {
    @Override
    default PluginKind kind() {
        return PluginKind.AUTH;
    }
}
