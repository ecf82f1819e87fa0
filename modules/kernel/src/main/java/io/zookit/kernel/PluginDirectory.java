package io.zookit.kernel;

import io.zookit.config.Problem;
import io.zookit.spi.PluginKind;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One directory of a plugin, known by the descriptors of its jars: no code of it has run. What is wrong with it is kept, because
 * it matters only if the plugin is wanted.
 */
final class PluginDirectory {
    private final Path path;
    private final String place;
    private final Map<String, ModuleReference> modules = new TreeMap<>();
    private final List<Path> jars = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private PluginDirectory(Path path, String place) {
        this.path = path;
        this.place = place;
    }

    /**
     * Reads the directories below a root.
     *
     * @param problems where it is reported that the root cannot be read, or that jars lie in it
     */
    static List<PluginDirectory> below(Path root, List<Problem> problems) {
        List<PluginDirectory> directories = new ArrayList<>();
        try {
            for (Path entry : sortedEntries(root)) {
                String name = name(entry);
                if (Files.isDirectory(entry) && !name.startsWith(".")) {
                    directories.add(read(entry, name(root) + "/" + name));
                } else if (name.endsWith(".jar")) {
                    problems.add(Problem.error(
                            name(root) + "/" + name + ": a plugin has a directory of its own. Move its jars to "
                                    + name(root) + "/<kind>-<id>/."));
                }
            }
        } catch (IOException unreadable) {
            problems.add(Problem.error(root + ": cannot be read: " + unreadable));
        }
        return directories;
    }

    /**
     * Reads one directory.
     *
     * @param place how messages name it
     */
    static PluginDirectory read(Path path, String place) {
        PluginDirectory directory = new PluginDirectory(path, place);
        try {
            for (Path entry : sortedEntries(path)) {
                if (name(entry).endsWith(".jar")) {
                    directory.addJar(entry);
                }
            }
        } catch (IOException unreadable) {
            directory.faults.add(place + ": cannot be read: " + unreadable);
        }
        directory.checkPackages();
        if (directory.faults.isEmpty() && directory.providerModules().isEmpty()) {
            directory.faults.add(place + ": no provider of a plugin in this directory"
                    + (directory.jars.isEmpty() ? ", not even a jar" : "")
                    + ". Put the plugin's jars there or remove it.");
        }
        return directory;
    }

    private void addJar(Path jar) {
        jars.add(jar);
        try {
            for (ModuleReference module : ModuleFinder.of(jar).findAll()) {
                ModuleReference other = modules.putIfAbsent(module.descriptor().name(), module);
                if (other != null) {
                    faults.add(place + ": module " + module.descriptor().name() + " is in " + fileName(other)
                            + " and in " + fileName(module) + ". Keep one of them.");
                }
            }
        } catch (FindException broken) {
            faults.add(place + ": " + name(jar) + " cannot be read as a module: " + reason(broken) + ". Replace it.");
        }
    }

    private void checkPackages() {
        Map<String, ModuleReference> owners = new TreeMap<>();
        for (ModuleReference module : modules.values()) {
            for (String name : new TreeSet<>(module.descriptor().packages())) {
                ModuleReference other = owners.putIfAbsent(name, module);
                if (other != null) {
                    faults.add(place + ": package " + name + " is in " + fileName(other) + " and in " + fileName(module)
                            + ". Keep one of them.");
                    break;
                }
            }
        }
    }

    Path path() {
        return path;
    }

    String place() {
        return place;
    }

    /** The modules of all jars, by name. */
    Map<String, ModuleReference> modules() {
        return modules;
    }

    /** Finds the modules of this directory and no others. */
    ModuleFinder finder() {
        return ModuleFinder.of(jars.toArray(new Path[0]));
    }

    /** What is wrong with the directory as its descriptors show it; empty when nothing is. */
    List<String> faults() {
        return faults;
    }

    /** The modules that provide a plugin. */
    List<ModuleReference> providerModules() {
        return modules.values().stream()
                .filter(module -> module.descriptor().provides().stream()
                        .anyMatch(provides ->
                                ProviderKinds.ofService(provides.service()).isPresent()))
                .toList();
    }

    /** The kinds of plugin the descriptors say are here. */
    Set<PluginKind> kinds() {
        Set<PluginKind> kinds = new TreeSet<>();
        for (ModuleReference module : modules.values()) {
            for (ModuleDescriptor.Provides provides : module.descriptor().provides()) {
                ProviderKinds.ofService(provides.service()).ifPresent(each -> kinds.add(each.kind()));
            }
        }
        return kinds;
    }

    /**
     * What the directory's name says is in it, by the convention {@code <kind>-<id>}; empty when the name is no such word or its
     * descriptors say otherwise.
     */
    Optional<PluginName> nameHint() {
        String name = name(path);
        int dash = name.indexOf('-');
        if (dash < 1 || dash == name.length() - 1) {
            return Optional.empty();
        }
        return ProviderKinds.kindOf(name.substring(0, dash))
                .filter(kind -> !faults.isEmpty() || kinds().contains(kind))
                .map(kind -> new PluginName(kind, name.substring(dash + 1)));
    }

    /** The file of a module, for messages. */
    static String fileName(ModuleReference module) {
        return module.location()
                .map(URI::getPath)
                .map(Path::of)
                .map(PluginDirectory::name)
                .orElse(module.descriptor().name());
    }

    private static String reason(FindException broken) {
        Throwable cause = broken.getCause();
        return String.valueOf(cause == null ? broken.getMessage() : cause.getMessage());
    }

    private static List<Path> sortedEntries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        entries.sort(null);
        return entries;
    }

    /** The last part of a path. */
    static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
