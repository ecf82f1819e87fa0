package io.zookit.config;

import java.util.Locale;

/**
 * A key, its value and where it was written.
 *
 * @param key as the configuration file spells it, without the prefix {@code zookeeper.}
 * @param value without blanks around it
 * @param origin where it was written
 */
public record ConfigEntry(String key, String value, Origin origin) {
    /** How messages name this entry, such as {@code zoo.cfg:14 plugin.storage=rocks}; the value of a secret is not shown. */
    public String shown() {
        String value = shownValue();
        if (origin instanceof Origin.FileLine at) {
            return at.file() + ":" + at.line() + " " + key + "=" + value;
        }
        if (origin instanceof Origin.SystemProperty property) {
            return "-D" + property.name() + "=" + value;
        }
        if (origin instanceof Origin.Argument argument) {
            return "argument " + argument.position() + " " + key + "=" + value;
        }
        return origin instanceof Origin.Default ? key + "=" + value + " (default)" : key + "=" + value;
    }

    /**
     * The value for one line of a message: three stars where it is a secret, commas between its lines, a question mark for each control
     * character.
     */
    public String shownValue() {
        boolean hidden = secret() && !value.isEmpty();
        return hidden ? "***" : value.replace("\n", ", ").replaceAll("\\p{Cntrl}", "?");
    }

    private boolean secret() {
        String name = key.toLowerCase(Locale.ROOT);
        return (name.contains("password") && !name.endsWith("passwordpath"))
                || (name.contains("secret") && !name.endsWith("file"))
                || name.endsWith("superdigest")
                || name.endsWith("token");
    }
}
