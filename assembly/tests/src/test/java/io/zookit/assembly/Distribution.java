package io.zookit.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An unpacked distribution: {@code bin conf lib plugins}.
 *
 * @param directory where it stands, absolute
 */
record Distribution(Path directory) {
    /** The one that the build has just made. */
    static Distribution built() {
        Path directory = Path.of(System.getProperty("zookit.distribution")).toAbsolutePath();
        if (!Files.isDirectory(directory.resolve("bin"))) {
            throw new IllegalStateException(directory + " holds no distribution: run mvn package first");
        }
        return new Distribution(directory.normalize());
    }

    Path script() {
        return directory.resolve("bin/zkServer.sh");
    }

    Path lib() {
        return directory.resolve("lib");
    }

    Path plugins() {
        return directory.resolve("plugins");
    }

    /** A copy of all that is needed to run, to be changed by one test. */
    Distribution copyTo(Path target) {
        for (String part : List.of("bin", "conf", "lib", "plugins")) {
            copy(directory.resolve(part), target.resolve(part));
        }
        return new Distribution(target.toAbsolutePath());
    }

    /** Copies a file, or a directory with all in it. */
    static void copy(Path source, Path target) {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files directly in a directory, by name. */
    static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
