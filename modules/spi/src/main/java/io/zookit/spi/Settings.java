package io.zookit.spi;

import java.util.Optional;

/**
 * The values of a plugin's own settings. Each method takes the name of a declared {@link Setting}; an undeclared name is a bug of
 * the plugin and fails with {@link IllegalArgumentException}. A value of the wrong form fails with {@link SettingException},
 * whose message names the key and the place where it was written.
 */
public interface Settings {
    /** The value as text, or empty when it is not set and has no default. */
    Optional<String> text(String name);

    /** The value as a whole number within bounds, both included. The setting must have a default. */
    long number(String name, long min, long max);

    /** The value as a switch: {@code true}, {@code yes} and {@code on}, or {@code false}, {@code no} and {@code off}. */
    boolean flag(String name);

    /**
     * The failure to throw for a value that only the plugin can judge.
     *
     * @param name the setting
     * @param expected what would have been right, as a clause: {@code expected a digest algorithm}
     */
    SettingException invalid(String name, String expected);
}
