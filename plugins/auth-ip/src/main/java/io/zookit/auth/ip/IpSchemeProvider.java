package io.zookit.auth.ip;

import io.zookit.spi.PluginContext;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;

/** Provides the scheme of addresses, id {@code ip}. It has no settings. */
public final class IpSchemeProvider implements AuthSchemeProvider {
    @Override
    public String id() {
        return "ip";
    }

    @Override
    public AuthScheme create(PluginContext context) {
        return new IpScheme();
    }
}
