package io.zookit.kernel;

import io.zookit.config.Config;
import io.zookit.config.ConfigEntry;
import io.zookit.config.Origin;
import io.zookit.config.Problem;
import io.zookit.config.ValueText;
import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import io.zookit.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of one plugin, each with the place where it was written. Immutable; any thread. */
final class PluginSettings implements Settings {
    private final PluginName plugin;
    private final Map<String, ConfigEntry> values = new LinkedHashMap<>();
    private final Set<String> declared;

    /**
     * Looks up what the configuration says for each declared setting: the key {@code <kind>.<id>.<name>}, else an alias, else the
     * default.
     *
     * @param problems where it is reported that a setting is written in two ways
     */
    PluginSettings(PluginName plugin, List<Setting> settings, Config config, List<Problem> problems) {
        this.plugin = plugin;
        Map<String, Setting> byName = new LinkedHashMap<>();
        for (Setting setting : settings) {
            byName.put(setting.name(), setting);
            ConfigEntry found = null;
            for (String key : keysOf(setting)) {
                Optional<ConfigEntry> entry = entry(config, key);
                if (entry.isPresent() && found == null) {
                    found = entry.get();
                } else if (entry.isPresent()
                        && found != null
                        && !entry.get().value().equals(found.value())) {
                    problems.add(Problem.warning(
                            entry.get(), "means the same as " + found.shown() + ", which wins. Remove one."));
                }
            }
            if (found != null) {
                values.put(setting.name(), found);
            } else if (setting.defaultValue() != null) {
                values.put(
                        setting.name(),
                        new ConfigEntry(keyOf(setting.name()), setting.defaultValue(), new Origin.Default()));
            }
        }
        this.declared = Set.copyOf(byName.keySet());
    }

    /** What is written under a key; under {@code name.N}, the lines of the whole family as one value. */
    private static Optional<ConfigEntry> entry(Config config, String key) {
        if (!key.endsWith(".N")) {
            return config.entry(key);
        }
        String prefix = key.substring(0, key.length() - 1);
        List<ConfigEntry> family = config.entries().stream()
                .filter(entry -> entry.key().startsWith(prefix))
                .filter(entry -> entry.key().substring(prefix.length()).matches("[0-9]+"))
                .toList();
        if (family.isEmpty()) {
            return Optional.empty();
        }
        String lines =
                family.stream().map(entry -> entry.key() + "=" + entry.value()).collect(Collectors.joining("\n"));
        return Optional.of(new ConfigEntry(key, lines, family.get(0).origin()));
    }

    private List<String> keysOf(Setting setting) {
        List<String> keys = new ArrayList<>();
        keys.add(keyOf(setting.name()));
        keys.addAll(setting.aliases());
        return keys;
    }

    private String keyOf(String name) {
        return plugin.kind().word() + "." + plugin.id() + "." + name;
    }

    @Override
    public Optional<String> text(String name) {
        if (!declared.contains(name)) {
            throw new IllegalArgumentException("the plugin " + plugin + " does not declare the setting " + name);
        }
        return Optional.ofNullable(values.get(name)).map(ConfigEntry::value);
    }

    @Override
    public long number(String name, long min, long max) {
        String text = valueOf(name);
        OptionalLong number = ValueText.number(text);
        if (number.isEmpty() || number.getAsLong() < min || number.getAsLong() > max) {
            throw invalid(name, ValueText.expectedNumber(min, max, ""));
        }
        return number.getAsLong();
    }

    @Override
    public boolean flag(String name) {
        return ValueText.flag(valueOf(name)).orElseThrow(() -> invalid(name, ValueText.expectedFlag()));
    }

    @Override
    public SettingException invalid(String name, String expected) {
        ConfigEntry entry = values.get(name);
        String shown = entry == null ? keyOf(name) + " is not set" : entry.shown();
        return new SettingException(shown + ": " + expected + (expected.endsWith(".") ? "" : "."));
    }

    private String valueOf(String name) {
        return text(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the setting " + name + " of the plugin " + plugin + " has neither value nor default"));
    }
}
