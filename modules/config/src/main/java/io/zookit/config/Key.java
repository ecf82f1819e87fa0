package io.zookit.config;

import java.util.List;

/**
 * One known key of the configuration. The names are those of Apache ZooKeeper 3.9 and a few of our own.
 *
 * @param name as the file spells it; a last {@code N} or {@code *} after a dot stands for any ending
 * @param form what its value looks like
 * @param defaultValue what holds when nobody writes it, or empty when there is none
 * @param meaning one sentence
 * @param spelling how it is written as a system property
 * @param effect what it does here
 * @param reason why it has no effect or is refused: a clause to follow "because"; else empty
 */
public record Key(
        String name,
        ValueForm form,
        String defaultValue,
        String meaning,
        Spelling spelling,
        Effect effect,
        String reason) {

    /** The first words of keys that Apache ZooKeeper does not have. */
    private static final List<String> OURS = List.of("plugin.", "config.", "limits.", "session.");

    /** A key of the file alone. */
    static Key file(String name, ValueForm form, Object defaultValue, String meaning) {
        return new Key(name, form, defaultValue.toString(), meaning, Spelling.FILE, Effect.SERVER, "");
    }

    /** A key that is also the system property {@code zookeeper.<name>}. */
    static Key prefixed(String name, ValueForm form, Object defaultValue, String meaning) {
        return new Key(name, form, defaultValue.toString(), meaning, Spelling.PREFIXED, Effect.SERVER, "");
    }

    /** A key that is also a system property of the same name. */
    static Key bare(String name, ValueForm form, Object defaultValue, String meaning) {
        return new Key(name, form, defaultValue.toString(), meaning, Spelling.BARE, Effect.SERVER, "");
    }

    /** This key, as one that plugins use. */
    Key ofPlugin() {
        return new Key(name, form, defaultValue, meaning, spelling, Effect.PLUGIN, "");
    }

    /** This key, as one without effect. */
    Key without(String because) {
        return new Key(name, form, defaultValue, meaning, spelling, Effect.NONE, because);
    }

    /** This key, as one that asks for protection this server does not have. */
    Key refused(String because) {
        return new Key(name, form, defaultValue, meaning, spelling, Effect.REFUSED, because);
    }

    /** Whether it is a key of our own, which Apache ZooKeeper does not have. */
    public boolean isOurs() {
        return OURS.stream().anyMatch(name::startsWith);
    }

    /** Whether the name stands for many keys. */
    public boolean isPattern() {
        return name.endsWith(".N") || name.endsWith(".*");
    }

    /** The part of a pattern before its open end, with the dot; the whole name of any other key. */
    public String prefix() {
        return isPattern() ? name.substring(0, name.length() - 1) : name;
    }

    /** How the key is written as a system property, or empty when it cannot be. */
    public String propertyName() {
        return switch (spelling) {
            case FILE -> "";
            case PREFIXED -> "zookeeper." + name;
            case BARE -> name;
        };
    }
}
