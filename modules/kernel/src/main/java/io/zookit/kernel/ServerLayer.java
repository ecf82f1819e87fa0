package io.zookit.kernel;

import io.zookit.config.Config;
import io.zookit.model.Id;
import io.zookit.spi.PluginProvider;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;

/**
 * The modules a plugin finds in a server, as a layer of its own: for a program that runs from the class path, as tests usually do,
 * and still wants to see plugins loaded as a server would. The classes in it are others than those of the class path.
 */
final class ServerLayer {
    private ServerLayer() {}

    /** Makes the layer from the places the classes of this program came from. */
    static ModuleLayer ofClassPath() {
        List<Path> places = new ArrayList<>(List.of(
                place(Id.class),
                place(PluginProvider.class),
                place(Config.class),
                place(Plugins.class),
                place(Logger.class)));
        Set<String> roots = new HashSet<>(Set.of("io.zookit.kernel", "org.slf4j"));
        // A plugin that carries messages between servers shares the encoding with the server's pipeline.
        encoding().ifPresent(place -> {
            places.add(place);
            roots.add("io.zookit.wire");
        });
        ModuleFinder finder = ModuleFinder.of(places.toArray(Path[]::new));
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration().resolve(finder, ModuleFinder.of(), roots);
        return ModuleLayer.defineModulesWithOneLoader(
                        configuration, List.of(boot), ClassLoader.getPlatformClassLoader())
                .layer();
    }

    /** Where the encoding is, if this program has it. */
    private static Optional<Path> encoding() {
        try {
            return Optional.of(
                    place(Class.forName("io.zookit.wire.JuteReader", false, ServerLayer.class.getClassLoader())));
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        }
    }

    /** Where a class came from: a jar or a directory of classes. */
    static Path place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException(type + " came from no jar and no directory");
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(type + " came from a place that is no path", impossible);
        }
    }
}
