package io.zookit.benchmarks;

/**
 * Where the driver's znodes are: one directory for each connection, so that no single directory grows to a size nobody has, and in
 * it znodes whose names are numbers of a fixed width, so that a frame needs only its digits patched.
 */
final class LoadPaths {
    /** The parent of all directories. */
    static final String ROOT = "/load";

    /** Digits of a znode's name. */
    static final int DIGITS = 9;

    /** Length of each znode's path. */
    static final int ZNODE_BYTES = znode(0, 0).length();

    private LoadPaths() {}

    static String directory(int connection) {
        return "%s/%04d".formatted(ROOT, connection);
    }

    static String znode(int connection, int number) {
        return "%s/%09d".formatted(directory(connection), number);
    }
}
