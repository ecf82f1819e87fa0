package io.zookit.auth.world;

import io.zookit.spi.PluginContext;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;

/** Provides the scheme of everyone, id {@code world}. It has no settings. */
public final class WorldSchemeProvider implements AuthSchemeProvider {
    @Override
    public String id() {
        return "world";
    }

    @Override
    public AuthScheme create(PluginContext context) {
        return new WorldScheme();
    }
}
