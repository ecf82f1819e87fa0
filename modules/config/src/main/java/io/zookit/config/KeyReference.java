package io.zookit.config;

import java.util.List;
import java.util.Map;

/** The catalogue of keys as a page for people. */
public final class KeyReference {
    private KeyReference() {}

    /** The page, as Markdown: one table for each group; a key in each row. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("# Configuration keys\n");
        for (Map.Entry<String, List<Key>> group : KeyCatalogue.groups().entrySet()) {
            page.append("\n## ").append(group.getKey()).append("\n\n");
            page.append("| key | default | meaning | as a system property | effect |\n|---|---|---|---|---|\n");
            for (Key key : group.getValue()) {
                page.append("| `").append(key.name()).append("` | ");
                page.append(key.defaultValue()).append(key.defaultValue().isEmpty() ? "" : " ");
                page.append("| ").append(key.meaning()).append(unit(key.form())).append(" | ");
                page.append(key.propertyName().isEmpty() ? "no" : "`" + key.propertyName() + "`");
                page.append(" | ").append(effect(key)).append(" |\n");
            }
        }
        return page.toString();
    }

    private static String unit(ValueForm form) {
        return form.unit().isEmpty() ? "" : " (" + form.unit().replace("|", "\\|") + ")";
    }

    private static String effect(Key key) {
        return switch (key.effect()) {
            case SERVER -> "yes";
            case PLUGIN -> "where a plugin has it";
            case NONE -> "none: " + key.reason();
            case REFUSED -> "stops the start: " + key.reason();
        };
    }
}
