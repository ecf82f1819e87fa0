package io.zookit.architecture;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The source tree as the rules see it: every folder below modules/ and plugins/ that holds a module. */
final class House {
    /** Modules without thread, lock, socket, file, clock, random or logger: the same input gives the same output, always. */
    static final Set<String> PURE = Set.of("model", "wire", "tree", "watch", "session", "zab");

    private final List<Part> parts;

    private House(List<Part> parts) {
        this.parts = parts;
    }

    static House here() {
        Path root = root();
        return new House(
                Stream.concat(Part.below(root.resolve("modules"), false), Part.below(root.resolve("plugins"), true))
                        .toList());
    }

    /** The folder of the whole source tree. */
    static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("plugins"))) {
            root = root.getParent();
        }
        return root;
    }

    List<Part> modules() {
        return parts(part -> !part.plugin());
    }

    List<Part> plugins() {
        return parts(Part::plugin);
    }

    List<Part> pureModules() {
        return parts(part -> !part.plugin() && PURE.contains(part.name()));
    }

    List<Part> all() {
        return parts;
    }

    /** All production classes. */
    JavaClasses classes() {
        return new ClassFileImporter()
                .importPaths(parts.stream().map(Part::classes).toList());
    }

    /** The packages of some parts, as ArchUnit writes them. */
    static String[] packagesOf(List<Part> parts) {
        return parts.stream()
                .flatMap(part -> part.descriptor().packages().stream())
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    /** The names of the modules of some parts. */
    static Set<String> moduleNames(List<Part> parts) {
        return parts.stream().map(part -> part.descriptor().name()).collect(toUnmodifiableSet());
    }

    static List<Path> filesBelow(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Part> parts(Predicate<Part> wanted) {
        return parts.stream().filter(wanted).toList();
    }
}
