package io.zookit.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a plugin. In the configuration it is written {@code <kind>.<id>.<name>=value}, or by one of its aliases.
 *
 * @param name the last part of the key, such as {@code preAllocSize}
 * @param defaultValue what holds when nobody says anything; {@code null} when there is no default
 * @param description one sentence for the reference: meaning, unit, range
 * @param aliases keys of the standard {@code zoo.cfg} that mean this setting, without the prefix {@code zookeeper.}, such as
 *     {@code forceSync}; also understood as the system property {@code zookeeper.<alias>}. An alias such as {@code server.N} stands
 *     for all keys of that form with a number, and the value is then their lines, {@code key=value} each
 */
public record Setting(String name, @Nullable String defaultValue, String description, List<String> aliases) {
    /** A setting that has no name in the standard configuration. */
    public Setting(String name, @Nullable String defaultValue, String description) {
        this(name, defaultValue, description, List.of());
    }
}
