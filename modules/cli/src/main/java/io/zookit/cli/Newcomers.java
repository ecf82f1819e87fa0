package io.zookit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Remembers what is in some directories, so that what comes later can be removed again. */
final class Newcomers {
    private final List<Path> directories;
    private final Set<Path> before;

    private Newcomers(List<Path> directories, Set<Path> before) {
        this.directories = directories;
        this.before = before;
    }

    /** From now on, everything new in these directories, or in those above that do not exist yet, is a newcomer. */
    static Newcomers since(List<Path> directories) {
        List<Path> roots = directories.stream().map(Newcomers::firstMissing).toList();
        Set<Path> before = new HashSet<>();
        roots.forEach(root -> before.addAll(all(root)));
        return new Newcomers(roots, before);
    }

    /** The directory itself when it exists, else the highest one on the way to it that does not. */
    private static Path firstMissing(Path directory) {
        Path missing = directory.toAbsolutePath().normalize();
        for (Path above = missing; above != null && !Files.exists(above); above = above.getParent()) {
            missing = above;
        }
        return missing;
    }

    /** Removes them. */
    void remove() {
        for (Path directory : directories) {
            List<Path> now = new ArrayList<>(all(directory));
            Collections.reverse(now);
            now.removeAll(before);
            try {
                for (Path newcomer : now) {
                    Files.delete(newcomer);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot clear away what was begun in " + directory, e);
            }
        }
    }

    private static List<Path> all(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory, 2)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
