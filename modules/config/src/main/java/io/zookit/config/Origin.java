package io.zookit.config;

/** Where a value was written. */
public sealed interface Origin {
    /**
     * A line of a configuration file.
     *
     * @param file the file's name without its directories
     * @param line the line on which the key begins, from 1
     */
    record FileLine(String file, int line) implements Origin {}

    /**
     * A {@code -D} option of the Java process.
     *
     * @param name the property's full name
     */
    record SystemProperty(String name) implements Origin {}

    /**
     * An argument of the start command.
     *
     * @param position from 1
     */
    record Argument(int position) implements Origin {}

    /** The program that embeds the server. */
    record Application() implements Origin {}

    /** Nobody wrote it: the default holds. */
    record Default() implements Origin {}
}
