package io.zookit.disk;

import java.nio.file.Path;

/**
 * Files that are being written, under a name that says so. It stands in front, so that nobody takes one for what it is to become;
 * {@link DirectoryLock#removeUnfinished} clears away what a crash has left of them.
 */
public final class UnfinishedFiles {
    private static final String PREFIX = "unfinished.";

    private UnfinishedFiles() {}

    /** The name of a file until it is whole. */
    public static Path of(Path file) {
        return file.resolveSibling(PREFIX + file.getFileName());
    }

    /** Whether a name, without directory, is of that kind. */
    public static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }
}
