package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page of the documentation that shows the files of a walk.
 *
 * @param file where it is
 */
record Page(Path file) {
    private static final String INDENT = "    ";

    /** The page at a place in the source tree. */
    static Page of(String place) {
        return new Page(Maven.source().resolve(place));
    }

    /** The lines that the page shows for a file, after {@code $ cat FILE}; what follows the next prompt or stands out is not of it. */
    List<String> shown(String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int start = lines.indexOf(INDENT + "$ cat " + name);
        assertTrue(start >= 0, () -> file + " shows no " + name);
        return lines.stream()
                .skip(start + 1L)
                .takeWhile(line -> line.isEmpty() || line.startsWith(INDENT) && !line.startsWith(INDENT + "$"))
                .map(line -> line.isEmpty() ? line : line.substring(INDENT.length()))
                .toList();
    }

    /** Writes a file as the page shows it. */
    void write(String name, Path folder) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        Files.write(target, shown(name));
    }
}
