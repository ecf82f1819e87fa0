package io.zookit.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says which keys do nothing, so that none is ignored in silence. */
final class UnusedKeys {
    private UnusedKeys() {}

    static List<Problem> find(Collection<ConfigEntry> entries, Set<String> pluginAliases, boolean strict) {
        List<Problem> problems = new ArrayList<>();
        for (ConfigEntry entry : entries) {
            Optional<Key> known = KeyCatalogue.find(entry.key());
            if (pluginAliases.contains(entry.key()) || (known.isEmpty() && isOwn(entry.key()))) {
                continue;
            }
            if (known.isEmpty()) {
                problems.add(unknown(entry, pluginAliases, strict));
            } else if (known.get().effect() == Effect.PLUGIN) {
                problems.add(Problem.note(entry, "has no effect here, because no chosen plugin has this setting."));
            } else if (known.get().effect() == Effect.NONE && !isExpected(entry, known.get())) {
                problems.add(Problem.note(
                        entry,
                        "accepted, has no effect here, because " + known.get().reason() + "."));
            }
        }
        return problems;
    }

    /** The prefix {@code config.} has no plugins behind it: its keys are all in the catalogue. */
    private static boolean isOwn(String key) {
        return KeyCatalogue.isOwn(key) && !key.startsWith("config.");
    }

    /** Clients and start scripts of the same process have system properties of their own. */
    private static boolean isExpected(ConfigEntry entry, Key key) {
        return entry.origin() instanceof Origin.SystemProperty && KeyCatalogue.isForeign(key);
    }

    private static Problem unknown(ConfigEntry entry, Set<String> pluginAliases, boolean strict) {
        List<String> names = new ArrayList<>(KeyCatalogue.names());
        names.addAll(pluginAliases);
        String question = NearestName.question(entry.key(), names);
        String unprefixed = entry.key().startsWith("zookeeper.") ? entry.key().substring("zookeeper.".length()) : "";
        if (names.contains(unprefixed)) {
            question = " Here it is written " + unprefixed + ".";
        }
        return strict
                ? Problem.error(
                        entry,
                        "unknown key." + (question.isEmpty() ? " Remove it, or set config.strict=false." : question))
                : Problem.warning(entry, "unknown key, ignored." + question);
    }
}
