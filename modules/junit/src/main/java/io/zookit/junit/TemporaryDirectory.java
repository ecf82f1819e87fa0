package io.zookit.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a test server keeps its data until it is gone. */
record TemporaryDirectory(Path path) implements AutoCloseable {
    static TemporaryDirectory create() {
        try {
            return new TemporaryDirectory(Files.createTempDirectory("zookit-junit"));
        } catch (IOException failure) {
            throw new UncheckedIOException("no directory for the data of a test server can be made", failure);
        }
    }

    /** Writes a small file into it. */
    void write(String name, String text) {
        try {
            Files.writeString(path.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(path.resolve(name) + " of a test server cannot be written", failure);
        }
    }

    /** Deletes it with everything in it. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(path + " with the data of a test server cannot be deleted", failure);
        }
    }
}
