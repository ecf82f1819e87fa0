package io.zookit.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every key this server knows, in groups. A key that is missing here is unknown: no key is ignored in silence. */
public final class KeyCatalogue {
    private static final Map<String, List<Key>> GROUPS = groupsInOrder();
    private static final Map<String, Key> BY_NAME = byName();

    /** The first words of our own keys: {@code plugin.<kind>} chooses a plugin, {@code <kind>.<id>.<name>} is its setting. */
    private static final List<String> OWN_PREFIXES =
            List.of("plugin.", "transport.", "consensus.", "storage.", "auth.", "session.", "config.");

    private KeyCatalogue() {}

    /** The groups, each a title and its keys, in the order of the reference. */
    public static Map<String, List<Key>> groups() {
        return GROUPS;
    }

    /** The key that a name means, whole or by a pattern such as {@code server.N}. */
    public static Optional<Key> find(String name) {
        Key whole = BY_NAME.get(name);
        if (whole != null && !whole.isPattern()) {
            return Optional.of(whole);
        }
        // The longest pattern wins: ssl.quorum.* is more than ssl.*.
        int dot = name.lastIndexOf('.');
        while (dot > 0) {
            Key pattern = BY_NAME.get(name.substring(0, dot + 1));
            if (pattern != null && name.length() > dot + 1) {
                return Optional.of(pattern);
            }
            dot = name.lastIndexOf('.', dot - 1);
        }
        return Optional.empty();
    }

    /** The names of all keys that are no patterns, for finding the nearest one. */
    public static Collection<String> names() {
        return BY_NAME.values().stream()
                .filter(key -> !key.isPattern())
                .map(Key::name)
                .toList();
    }

    /** Whether a name begins like one of our own keys, whose misspelling is an error and not a warning. */
    public static boolean isOwn(String name) {
        return OWN_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Whether a key is for clients, start scripts or the log, and so no surprise as a system property of a server. */
    static boolean isForeign(Key key) {
        return ForeignKeys.KEYS.contains(key);
    }

    private static Map<String, List<Key>> groupsInOrder() {
        Map<String, List<Key>> groups = new LinkedHashMap<>();
        groups.put("Basics", BasicKeys.KEYS);
        groups.put("Storage", StorageKeys.KEYS);
        groups.put("Connections and limits", NetworkKeys.KEYS);
        groups.put("Ensemble", EnsembleKeys.KEYS);
        groups.put("Security", SecurityKeys.KEYS);
        groups.put("Monitoring", MonitoringKeys.KEYS);
        groups.put("For clients and scripts", ForeignKeys.KEYS);
        return Collections.unmodifiableMap(groups);
    }

    private static Map<String, Key> byName() {
        Map<String, Key> byName = new LinkedHashMap<>();
        List<Key> all = new ArrayList<>();
        GROUPS.values().forEach(all::addAll);
        for (Key key : all) {
            if (byName.put(key.prefix(), key) != null) {
                throw new IllegalStateException("the key " + key.name() + " is in the catalogue twice");
            }
        }
        return Collections.unmodifiableMap(byName);
    }
}
