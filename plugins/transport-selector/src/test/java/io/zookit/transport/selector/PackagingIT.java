package io.zookit.transport.selector;

import io.zookit.tck.PluginPackagingContract;
import java.nio.file.Path;

/** The built directory is a plugin that can be shipped. */
class PackagingIT extends PluginPackagingContract {
    @Override
    protected Path pluginDirectory() {
        return Path.of("target", "plugin");
    }
}
