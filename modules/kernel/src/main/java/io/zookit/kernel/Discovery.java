package io.zookit.kernel;

import io.zookit.config.Problem;
import io.zookit.spi.PluginKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the plugins of a source. For directories the rule is: descriptors say which kinds a directory holds, its name
 * {@code <kind>-<id>} says which plugin, and only running its code proves it. So code runs of
 *
 * <ol>
 *   <li>directories whose name is that of a chosen plugin: in a well-kept installation these and no others;
 *   <li>directories whose name follows no convention, because they could hold a chosen plugin a second time;
 *   <li>directories that hold a module of one already loaded, because they are copies of it;
 *   <li>all others of a kind, when a chosen plugin of that kind was not found: its directory has a misleading name, or the
 *       message should list what there is.
 * </ol>
 */
final class Discovery {
    private final Set<PluginName> wanted;
    private final List<Problem> problems;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<PluginDirectory, Boolean> directories = new LinkedHashMap<>();
    private boolean rootsUnusable;
    private Optional<String> rootName = Optional.empty();
    private final Set<PluginName> broken = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));

    private Discovery(Set<PluginName> wanted, List<Problem> problems) {
        this.wanted = wanted;
        this.problems = problems;
    }

    /**
     * Finds what is needed to find the wanted plugins.
     *
     * @param wanted the chosen plugins
     * @param problems where it is reported what is wrong with what was looked at; a fault of a plugin that is not wanted is a
     *     warning
     */
    static Discovery find(PluginSource source, Set<PluginName> wanted, List<Problem> problems) {
        Discovery discovery = new Discovery(wanted, problems);
        discovery.add(source);
        discovery.loadWanted();
        discovery.loadCopies();
        discovery.loadKindsOfMissing();
        discovery.loadCopies();
        discovery.warnOfOthers();
        discovery.reportDuplicates();
        return discovery;
    }

    /** Finds everything there is, by running code of all plugins. */
    static Discovery findAll(PluginSource source, Set<PluginName> wanted, List<Problem> problems) {
        Discovery discovery = new Discovery(wanted, problems);
        discovery.add(source);
        discovery.unloaded().forEach(discovery::load);
        discovery.reportDuplicates();
        return discovery;
    }

    /** The providers that were found, wanted or not. */
    List<Candidate> candidates() {
        return candidates;
    }

    /** The provider of a plugin; where there are several that was reported, and the first stands for all. */
    Optional<Candidate> candidate(PluginName name) {
        return candidates.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
    }

    /** Whether a plugin seems to be there, but its directory, or all directories, could not be used, as has been reported. */
    boolean isBroken(PluginName name) {
        return broken.contains(name) || rootsUnusable;
    }

    /** The plugins there are, as far as is known without running more code. */
    Set<PluginName> installed() {
        Set<PluginName> installed = candidates.stream().map(Candidate::name).collect(Collectors.toSet());
        unloaded().forEach(directory -> directory.nameHint().ifPresent(installed::add));
        return installed;
    }

    /** What is installed for a kind, for a message: {@code mapdb 1.2.0 (plugins/storage-mapdb), memory ...}. */
    String installedFor(PluginKind kind) {
        String list = candidates.stream()
                .filter(candidate -> candidate.name().kind() == kind)
                .map(candidate -> candidate.name().id() + candidate.version() + " (" + candidate.place() + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "nothing" : list;
    }

    /** What to do to install a plugin: the beginning of a sentence. */
    String wayToInstall() {
        return rootName.map(name -> "Add its jars under " + name + "/").orElse("Add its jar to the application");
    }

    private void add(PluginSource source) {
        if (source instanceof PluginSource.Directories root) {
            addDirectories(root.root());
        } else if (source instanceof PluginSource.Services services) {
            candidates.addAll(Services.of(services, problems));
        } else if (source instanceof PluginSource.LayerServices services) {
            candidates.addAll(Services.of(services, problems));
        } else if (source instanceof PluginSource.Instances instances) {
            candidates.addAll(Services.of(instances, problems));
        } else if (source instanceof PluginSource.Several several) {
            several.sources().forEach(this::add);
        }
    }

    private void addDirectories(Path root) {
        rootName = Optional.of(PluginDirectory.name(root));
        if (serverLayer() == null) {
            rootsUnusable = true;
            problems.add(
                    Problem.error(
                            root
                                    + ": plugins in directories need a server that runs from the module path, and this one runs from the class path."
                                    + " Add the plugins' jars to the class path and use PluginSource.services, or PluginSource.instances."));
        } else if (!Files.isDirectory(root)) {
            rootsUnusable = true;
            problems.add(Problem.error(
                    root + ": there is no such directory. It should hold one directory for each plugin."));
        } else {
            PluginDirectory.below(root, problems).forEach(directory -> directories.put(directory, false));
        }
    }

    private static @Nullable ModuleLayer serverLayer() {
        return Discovery.class.getModule().getLayer();
    }

    private List<PluginDirectory> unloaded() {
        return directories.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void loadWanted() {
        for (PluginDirectory directory : unloaded()) {
            Optional<PluginName> hint = directory.nameHint();
            if (hint.isEmpty() || wanted.contains(hint.get())) {
                load(directory);
            }
        }
    }

    private void loadCopies() {
        Set<String> loadedModules = new TreeSet<>();
        directories.forEach((directory, loaded) -> {
            if (loaded) {
                directory
                        .providerModules()
                        .forEach(module -> loadedModules.add(module.descriptor().name()));
            }
        });
        for (PluginDirectory directory : unloaded()) {
            if (directory.providerModules().stream()
                    .anyMatch(
                            module -> loadedModules.contains(module.descriptor().name()))) {
                load(directory);
            }
        }
    }

    private void loadKindsOfMissing() {
        Set<PluginKind> missing = wanted.stream()
                .filter(name -> candidate(name).isEmpty() && !isBroken(name))
                .map(PluginName::kind)
                .collect(Collectors.toSet());
        for (PluginDirectory directory : unloaded()) {
            if (directory.kinds().stream().anyMatch(missing::contains)) {
                load(directory);
            }
        }
    }

    private void load(PluginDirectory directory) {
        directories.put(directory, true);
        ModuleLayer server = serverLayer();
        if (server == null) {
            return;
        }
        int before = problems.size();
        List<String> faults = new ArrayList<>();
        Optional<ModuleLayer> layer = PluginLayer.define(directory, server, faults);
        faults.forEach(fault -> problems.add(Problem.error(fault)));
        if (layer.isPresent()) {
            warnOfDescriptor(directory);
            candidates.addAll(Services.of(layer.get(), directory.place(), problems));
        }
        if (problems.stream().skip(before).anyMatch(Problem::isError)) {
            directory.nameHint().ifPresent(broken::add);
            // What is wrong with a plugin that nobody chose is no reason not to start.
            boolean chosen = directory.nameHint().map(wanted::contains).orElse(true);
            if (!chosen) {
                problems.subList(before, problems.size()).replaceAll(problem -> Problem.warning(problem.message()));
            }
        }
    }

    private void warnOfDescriptor(PluginDirectory directory) {
        for (var module : directory.providerModules()) {
            if (PluginLayer.compiledSpi(module.descriptor()).isEmpty()) {
                problems.add(
                        Problem.warning(
                                directory.place() + ": module "
                                        + module.descriptor().name()
                                        + " does not say for which SPI version it was compiled. Whether it fits shows only when it runs."));
            }
            try {
                ServiceFiles.differences(module)
                        .forEach(difference -> problems.add(Problem.warning(directory.place() + ": " + difference)));
            } catch (IOException unreadable) {
                problems.add(Problem.error(directory.place() + ": " + PluginDirectory.fileName(module)
                        + " cannot be read: " + unreadable));
            }
        }
    }

    private void warnOfOthers() {
        for (PluginDirectory directory : unloaded()) {
            directory.faults().forEach(fault -> problems.add(Problem.warning(fault)));
        }
    }

    private void reportDuplicates() {
        Map<PluginName, Candidate> first = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            Candidate other = first.putIfAbsent(candidate.name(), candidate);
            if (other != null) {
                String message = candidate.name() + " is provided twice: " + other.place() + " (" + other.module()
                        + ") and " + candidate.place() + " (" + candidate.module() + "). Remove one.";
                problems.add(wanted.contains(candidate.name()) ? Problem.error(message) : Problem.warning(message));
            }
        }
    }
}
