package io.zookit.kernel;

import io.zookit.config.Config;
import io.zookit.config.Problem;
import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReference;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Looks at a built plugin directory as a server would, and stricter: what a server only warns of, or would meet later, is a
 * problem here. The contract {@code PluginPackagingContract} of the TCK is made of this.
 */
public final class PackagingCheck {
    private final PluginDirectory directory;
    private final Path workDirectory;
    private final List<String> problems = new ArrayList<>();

    private PackagingCheck(PluginDirectory directory, Path workDirectory) {
        this.directory = directory;
        this.workDirectory = workDirectory;
    }

    /**
     * Checks a directory. Works in a program that runs from the class path too: then the server's modules are loaded once more, in
     * a layer of their own.
     *
     * @param pluginDirectory with the plugin's jar and all it brings along
     * @param workDirectory an empty directory for plugins that are made
     * @return what is wrong, one a line; empty when the plugin can be shipped
     */
    public static List<String> check(Path pluginDirectory, Path workDirectory) {
        if (PackagingCheck.class.getModule().getLayer() == null) {
            return checkInLayer(pluginDirectory, workDirectory);
        }
        Path name = pluginDirectory.toAbsolutePath().getFileName();
        PackagingCheck check =
                new PackagingCheck(PluginDirectory.read(pluginDirectory, String.valueOf(name)), workDirectory);
        check.checkDescriptors();
        check.checkLoaded();
        return check.problems;
    }

    private static List<String> checkInLayer(Path pluginDirectory, Path workDirectory) {
        try {
            Object found = ServerLayer.ofClassPath()
                    .findLoader("io.zookit.kernel")
                    .loadClass(PackagingCheck.class.getName())
                    .getMethod("check", Path.class, Path.class)
                    .invoke(null, pluginDirectory, workDirectory);
            return ((List<?>) Objects.requireNonNull(found))
                    .stream().map(String::valueOf).toList();
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException("the check failed", failed.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the check cannot be called in its layer", impossible);
        }
    }

    private void checkDescriptors() {
        for (ModuleReference module : directory.providerModules()) {
            ModuleDescriptor descriptor = module.descriptor();
            String shown = directory.place() + ": module " + descriptor.name() + " ";
            if (descriptor.isAutomatic()) {
                problems.add(shown + "has no module-info. Add one.");
                continue;
            }
            if (!descriptor.exports().isEmpty() || !descriptor.opens().isEmpty() || descriptor.isOpen()) {
                problems.add(shown + "exports or opens a package. A plugin exports nothing.");
            }
            if (PluginLayer.compiledSpi(descriptor).isEmpty()) {
                problems.add(shown
                        + "does not say for which SPI version it was compiled. Compile it against the published jar of "
                        + SpiVersion.MODULE + " and require that module.");
            }
            try {
                ServiceFiles.differences(module)
                        .forEach(difference -> problems.add(directory.place() + ": " + difference));
            } catch (IOException unreadable) {
                problems.add(shown + "cannot be read: " + unreadable);
            }
        }
    }

    private void checkLoaded() {
        ModuleLayer server = PackagingCheck.class.getModule().getLayer();
        List<Problem> found = new ArrayList<>();
        PluginLayer.define(directory, server, problems).ifPresent(layer -> {
            List<Candidate> candidates = Services.of(layer, directory.place(), found);
            if (candidates.isEmpty() && found.isEmpty()) {
                problems.add(directory.place() + ": no provider was found in its layer.");
            }
            candidates.forEach(this::checkSettings);
            candidates.forEach(this::checkCreate);
        });
        found.forEach(problem -> problems.add(problem.message()));
    }

    private void checkSettings(Candidate candidate) {
        Set<String> names = new HashSet<>();
        for (Setting setting : candidate.provider().settings()) {
            String shown = candidate.name() + ": the setting \"" + setting.name() + "\" ";
            if (!setting.name().matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
                problems.add(shown + "cannot be written as a key. Use letters, digits, dots and dashes.");
            }
            if (!names.add(setting.name())) {
                problems.add(shown + "is declared twice.");
            }
            if (setting.description().isBlank()) {
                problems.add(shown + "has no description.");
            }
            if (setting.aliases().stream().anyMatch(alias -> alias.isBlank() || alias.startsWith("zookeeper."))) {
                problems.add(shown + "has an alias that is empty or has the prefix zookeeper.");
            }
        }
    }

    private void checkCreate(Candidate candidate) {
        List<Setting> settings = candidate.provider().settings();
        Config config =
                Config.of(Map.of("dataDir", workDirectory.toAbsolutePath().toString()));
        PluginSettings values = new PluginSettings(candidate.name(), settings, config, new ArrayList<>());
        Surroundings machine = Surroundings.ofMachine("packaging-check");
        try {
            Object product = candidate
                    .provider()
                    .create(new SurroundingsOfPlugin(
                            values,
                            machine.clock(),
                            new SplittableRandom(machine.randomSeed()),
                            machine.serverName(),
                            config.dataDir(),
                            config.dataLogDir()));
            // Whatever has a life must be safe to close although it was never started.
            if (product instanceof AutoCloseable closeable) {
                closeable.close();
            } else if (product == null) {
                problems.add(candidate.name() + ": create gave null.");
            }
        } catch (SettingException missing) {
            if (settings.stream().noneMatch(setting -> setting.defaultValue() == null)) {
                problems.add(candidate.name() + ": refuses its own defaults: " + missing.getMessage());
            }
        } catch (Exception | LinkageError broken) {
            problems.add(candidate.name() + ": cannot be made with its default settings and closed again: " + broken);
        }
    }
}
