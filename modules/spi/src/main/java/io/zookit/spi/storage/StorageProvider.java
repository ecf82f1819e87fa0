package io.zookit.spi.storage;

import io.zookit.spi.PluginKind;
import io.zookit.spi.PluginProvider;

/** Provides a {@link Storage}. */
public interface StorageProvider extends PluginProvider<Storage> {
    @Override
    default PluginKind kind() {
        return PluginKind.STORAGE;
    }
}
