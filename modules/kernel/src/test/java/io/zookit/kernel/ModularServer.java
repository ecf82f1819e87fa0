package io.zookit.kernel;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The kernel inside the layer in which a real server runs it. Tests run from the class path, where no plugin directory can be
 * loaded; so this calls the kernel's public methods in the layer, and hands back only what the JDK's own types can carry.
 */
final class ModularServer {
    private final ModuleLayer layer = ServerLayer.ofClassPath();

    /** Loads plugins and gives the reasons why that failed; empty when it did not. */
    List<String> failures(Path plugins, String configuration) {
        try {
            load(plugins, configuration);
            return List.of();
        } catch (InvocationTargetException failed) {
            if (failed.getCause().getClass().getName().equals(StartException.class.getName())) {
                return failed.getCause().getMessage().lines().toList();
            }
            throw new AssertionError(failed.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Loads plugins and gives a product of them. */
    Object product(Path plugins, String configuration, String method) throws ReflectiveOperationException {
        return load(plugins, configuration).getClass().getMethod(method).invoke(load(plugins, configuration));
    }

    /** What {@code Plugins.list} gives, as text. */
    List<String> list(Path plugins, String configuration) throws ReflectiveOperationException {
        Object found = type("Plugins")
                .getMethod("list", config().getClass(), type("PluginSource"))
                .invoke(null, config(configuration), source(plugins));
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private Object load(Path plugins, String configuration) throws ReflectiveOperationException {
        Object surroundings =
                type("Surroundings").getMethod("ofMachine", String.class).invoke(null, "test");
        return type("Plugins")
                .getMethod("load", config().getClass(), type("PluginSource"), type("Surroundings"))
                .invoke(null, config(configuration), source(plugins), surroundings);
    }

    private Object source(Path plugins) throws ReflectiveOperationException {
        return type("PluginSource").getMethod("directories", Path.class).invoke(null, plugins);
    }

    private Object config() throws ReflectiveOperationException {
        return config("");
    }

    private Object config(String text) throws ReflectiveOperationException {
        return loader().loadClass("io.zookit.config.Config")
                .getMethod("parse", String.class, String.class, Map.class)
                .invoke(null, "zoo.cfg", text, Map.of());
    }

    private Class<?> type(String simpleName) throws ReflectiveOperationException {
        return loader().loadClass("io.zookit.kernel." + simpleName);
    }

    private ClassLoader loader() {
        return layer.findLoader("io.zookit.kernel");
    }
}
