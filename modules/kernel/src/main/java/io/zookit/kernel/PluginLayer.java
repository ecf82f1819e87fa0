package io.zookit.kernel;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The module layer of one plugin directory: all its modules, in one class loader of their own, above the server's layer. Two
 * plugins never see each other's libraries.
 */
final class PluginLayer {
    private final PluginDirectory directory;
    private final ModuleLayer server;

    private PluginLayer(PluginDirectory directory, ModuleLayer server) {
        this.directory = directory;
        this.server = server;
    }

    /**
     * Checks a directory's modules against the server's and makes the layer.
     *
     * @param server the layer that holds the contracts
     * @param faults where it is reported what is wrong
     * @return the layer, or empty when something is
     */
    static Optional<ModuleLayer> define(PluginDirectory directory, ModuleLayer server, List<String> faults) {
        PluginLayer layer = new PluginLayer(directory, server);
        List<String> found = new ArrayList<>(directory.faults());
        layer.checkServerModules(found);
        layer.checkSpiVersion(found);
        layer.checkRequires(found);
        if (found.isEmpty()) {
            try {
                return Optional.of(layer.define());
            } catch (ResolutionException | LayerInstantiationException unresolved) {
                found.add(directory.place() + ": its modules do not fit together: " + unresolved.getMessage());
            }
        }
        faults.addAll(found);
        return Optional.empty();
    }

    private ModuleLayer define() {
        // The server's modules go before the directory's, and every module of the directory is a root: automatic
        // modules do not
        // say what they require, so nothing else would bring in the named modules they need.
        Configuration configuration = server.configuration()
                .resolve(
                        ModuleFinder.of(),
                        directory.finder(),
                        directory.modules().keySet());
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(server), ClassLoader.getPlatformClassLoader());
        NativeAccess.passOn(controller);
        return controller.layer();
    }

    private void checkServerModules(List<String> faults) {
        for (ModuleReference module : directory.modules().values()) {
            if (server.findModule(module.descriptor().name()).isPresent()) {
                faults.add(directory.place() + ": module " + module.descriptor().name()
                        + " is provided by the server. Remove " + PluginDirectory.fileName(module) + ".");
            }
        }
    }

    private void checkSpiVersion(List<String> faults) {
        Optional<SpiVersion> ours = SpiVersion.ofServer();
        for (ModuleReference module : directory.providerModules()) {
            Optional<SpiVersion> theirs = compiledSpi(module.descriptor());
            if (ours.isPresent() && theirs.isPresent() && !ours.get().accepts(theirs.get())) {
                faults.add(ours.get().refusal(directory.place(), theirs.get()));
            }
        }
    }

    /** The version of the contracts a plugin's module was compiled for, if its descriptor says so. */
    static Optional<SpiVersion> compiledSpi(ModuleDescriptor plugin) {
        return plugin.requires().stream()
                .filter(requires -> requires.name().equals(SpiVersion.MODULE))
                .findFirst()
                .flatMap(Requires::rawCompiledVersion)
                .flatMap(SpiVersion::of);
    }

    private void checkRequires(List<String> faults) {
        for (ModuleReference module : directory.modules().values()) {
            module.descriptor().requires().stream()
                    .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                    .map(Requires::name)
                    .sorted()
                    .filter(name -> !directory.modules().containsKey(name))
                    .filter(name -> server.findModule(name).isEmpty())
                    .forEach(name -> faults.add(missing(module.descriptor().name(), name)));
        }
    }

    private String missing(String module, String required) {
        String requires = directory.place() + ": module " + module + " requires " + required + ", ";
        return ModuleFinder.ofSystem().find(required).isPresent()
                ? requires + "which Java has but was not started with. Start the server with --add-modules " + required
                        + "."
                : requires + "not in that directory. Add its jar there.";
    }
}
