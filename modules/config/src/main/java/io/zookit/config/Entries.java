package io.zookit.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Brings together what file, arguments or application say and what system properties say. */
final class Entries {
    private static final String PREFIX = "zookeeper.";

    private final Map<String, ConfigEntry> byKey = new LinkedHashMap<>();
    private final List<Problem> problems;

    private Entries(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * The one entry that holds for each key, in the order in which they were written.
     *
     * @param written what file, arguments or application say; of two lines with one key the last wins
     * @param systemProperties the properties of the process; those that are none of ours are skipped
     * @param problems where contradictions are reported
     */
    static Map<String, ConfigEntry> merged(
            List<ConfigEntry> written, Map<String, String> systemProperties, List<Problem> problems) {
        Entries entries = new Entries(problems);
        written.forEach(entries::addWritten);
        new TreeMap<>(systemProperties).forEach(entries::addProperty);
        return entries.byKey;
    }

    private void addWritten(ConfigEntry entry) {
        ConfigEntry earlier = byKey.put(entry.key(), entry);
        if (earlier != null) {
            String where = earlier.origin() instanceof Origin.FileLine at ? at.file() + ":" + at.line() : "before";
            problems.add(Problem.warning(
                    entry,
                    "the same key is set in " + where + " to " + earlier.shownValue()
                            + "; the last one wins. Remove one."));
        }
    }

    private void addProperty(String name, String value) {
        if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
            addPrefixed(
                    new ConfigEntry(name.substring(PREFIX.length()), value.trim(), new Origin.SystemProperty(name)));
            return;
        }
        KeyCatalogue.find(name)
                .filter(key -> key.spelling() == Spelling.BARE)
                .ifPresent(key -> addBare(new ConfigEntry(name, value.trim(), new Origin.SystemProperty(name))));
    }

    private void addPrefixed(ConfigEntry property) {
        boolean fileOnly = KeyCatalogue.find(property.key())
                .filter(key -> key.spelling() == Spelling.FILE && !KeyCatalogue.isOwn(key.name()))
                .isPresent();
        ConfigEntry written = byKey.get(property.key());
        if (fileOnly) {
            problems.add(Problem.warning(
                    property,
                    "has no effect as a system property. Write " + property.key() + " in the configuration file."));
        } else if (written == null) {
            byKey.put(property.key(), property);
        } else if (!written.value().equals(property.value())) {
            problems.add(
                    Problem.warning(written, "also given as " + property.shown() + "; the file wins. Remove one."));
        }
    }

    private void addBare(ConfigEntry property) {
        ConfigEntry written = byKey.put(property.key(), property);
        if (written != null && !written.value().equals(property.value())) {
            problems.add(Problem.warning(
                    written, "also given as " + property.shown() + "; the system property wins. Remove one."));
        }
    }
}
