package io.zookit.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One module or plugin.
 *
 * @param name its folder's name
 * @param folder its folder
 * @param plugin whether it stands below plugins/
 * @param descriptor its compiled module descriptor
 */
record Part(String name, Path folder, boolean plugin, ModuleDescriptor descriptor) {
    /** Every folder that has a module descriptor among its sources; one that is not compiled is a failure, not left out. */
    static Stream<Part> below(Path parent, boolean plugins) {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("src/main/java/module-info.java")))
                    // An example is built alone, as its reader will build it.
                    .filter(folder -> !folder.getFileName().toString().startsWith("example-"))
                    .sorted()
                    .map(folder -> new Part(folder.getFileName().toString(), folder, plugins, descriptorOf(folder)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    List<Path> sources() {
        return House.filesBelow(folder.resolve("src/main/java"), ".java");
    }

    @Override
    public String toString() {
        return (plugin ? "plugins/" : "modules/") + name;
    }

    private static ModuleDescriptor descriptorOf(Path folder) {
        return ModuleFinder.of(folder.resolve("target/classes")).findAll().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        folder + " is not compiled: run mvn verify -pl modules/architecture-tests -am"))
                .descriptor();
    }
}
