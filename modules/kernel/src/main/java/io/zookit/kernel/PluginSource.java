package io.zookit.kernel;

import io.zookit.spi.PluginProvider;
import java.nio.file.Path;
import java.util.List;

/** Where plugins come from. */
public sealed interface PluginSource {
    /**
     * A directory with one directory for each plugin, which holds its jar and all it brings along. Each chosen one is loaded in a
     * module layer of its own. Needs a server that runs from the module path.
     *
     * @param root such as {@code plugins} of a distribution
     */
    record Directories(Path root) implements PluginSource {}

    /**
     * The services a class loader sees, on its class path or module path: for programs that embed a server and have the plugins
     * among their own libraries.
     *
     * @param loader usually the program's own
     */
    record Services(ClassLoader loader) implements PluginSource {}

    /**
     * The services of a module layer and its parents.
     *
     * @param layer the layer
     */
    record LayerServices(ModuleLayer layer) implements PluginSource {}

    /**
     * Providers the program made itself.
     *
     * @param providers the providers
     */
    record Instances(List<PluginProvider<?>> providers) implements PluginSource {}

    /**
     * Several sources; none goes before another, and a plugin that two of them have is a problem.
     *
     * @param sources the sources
     */
    record Several(List<PluginSource> sources) implements PluginSource {}

    /** The plugins in the directories below {@code root}. */
    static PluginSource directories(Path root) {
        return new Directories(root);
    }

    /** The plugins that are services for {@code loader}. */
    static PluginSource services(ClassLoader loader) {
        return new Services(loader);
    }

    /** The plugins that are services in {@code layer} or its parents. */
    static PluginSource services(ModuleLayer layer) {
        return new LayerServices(layer);
    }

    /** The given providers and no others. */
    static PluginSource instances(PluginProvider<?>... providers) {
        return new Instances(List.of(providers));
    }

    /** The plugins of all given sources. */
    static PluginSource several(PluginSource... sources) {
        return new Several(List.of(sources));
    }
}
