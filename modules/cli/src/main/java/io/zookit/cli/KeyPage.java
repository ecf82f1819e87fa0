package io.zookit.cli;

import io.zookit.config.Key;
import io.zookit.config.KeyCatalogue;
import io.zookit.config.ValueForm;
import io.zookit.kernel.DeclaredSettings;
import io.zookit.spi.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Every key of a configuration as a page of Markdown: those of the server, then the settings of the plugins that are there. */
final class KeyPage {
    private static final String INTRODUCTION = """
            # Configuration

            Every key that can stand in `zoo.cfg`, from the tables of the code. `zkTool.sh keys` prints this page, with the settings of
            all plugins that are installed, yours too; `zkTool.sh check-config` holds a file against it.

            The file is that of Apache ZooKeeper, `key=value` a line. A key with a system property can be given as `-D...` in
            `SERVER_JVMFLAGS` as well: the file wins over properties that begin with `zookeeper.`, and loses against the others. An unknown
            key is reported with its line and the nearest name, and stops the start with `config.strict=true`; a misspelt key of our own
            always does. *Origin* says whether Apache ZooKeeper 3.9 has the key too; *effect* is what it does in Zookit.
            """;

    private final List<DeclaredSettings> plugins;
    private final Map<String, List<String>> settingsByAlias = new TreeMap<>();
    private final StringBuilder page = new StringBuilder(INTRODUCTION);

    private KeyPage(List<DeclaredSettings> plugins) {
        this.plugins = plugins;
    }

    /**
     * The page.
     *
     * @param plugins what is installed, in the order of the page
     */
    static String markdown(List<DeclaredSettings> plugins) {
        KeyPage page = new KeyPage(plugins);
        page.collectAliases();
        KeyCatalogue.groups().forEach(page::addGroup);
        page.addPlugins();
        return page.page.toString();
    }

    private void collectAliases() {
        for (DeclaredSettings plugin : plugins) {
            for (Setting setting : plugin.settings()) {
                for (String alias : setting.aliases()) {
                    settingsByAlias
                            .computeIfAbsent(alias, absent -> new ArrayList<>())
                            .add(code(name(plugin, setting)));
                }
            }
        }
    }

    private void addGroup(String title, List<Key> keys) {
        addHead("## " + title, "key", "default", "meaning", "system property", "origin", "effect");
        for (Key key : keys) {
            addRow(
                    code(key.name()),
                    key.defaultValue().isEmpty() ? "" : code(key.defaultValue()),
                    key.meaning() + unit(key.form()),
                    key.propertyName().isEmpty() ? "" : code(key.propertyName()),
                    key.isOurs() ? "Zookit" : "Apache",
                    effect(key));
        }
    }

    private String effect(Key key) {
        List<String> settings = settingsByAlias.getOrDefault(key.name(), List.of());
        return switch (key.effect()) {
            case SERVER -> settings.isEmpty() ? "used" : "used; also " + String.join(", ", settings);
            case PLUGIN -> settings.isEmpty() ? "none: no installed plugin has it" : String.join(", ", settings);
            case NONE -> settings.isEmpty() ? "none: " + key.reason() : String.join(", ", settings);
            case REFUSED -> "another value than the default stops the start: " + key.reason();
        };
    }

    private void addPlugins() {
        page.append("""

                ## Settings of plugins

                A setting is written `<kind>.<id>.<name>`, or by its standard key, which every chosen plugin that has it then follows. It has an
                effect while its plugin is chosen.
                """);
        for (DeclaredSettings plugin : plugins) {
            if (!plugin.settings().isEmpty()) {
                String title = "### " + plugin.kind().word() + " " + plugin.id();
                addHead(title, "setting", "standard key", "default", "meaning");
                for (Setting setting : plugin.settings()) {
                    String standing = Objects.requireNonNullElse(setting.defaultValue(), "");
                    addRow(
                            code(name(plugin, setting)),
                            String.join(
                                    ", ",
                                    setting.aliases().stream()
                                            .map(KeyPage::code)
                                            .toList()),
                            standing.isEmpty() ? "" : code(standing),
                            setting.description());
                }
            }
        }
        List<String> without = plugins.stream()
                .filter(plugin -> plugin.settings().isEmpty())
                .map(plugin -> plugin.kind().word() + " " + plugin.id())
                .toList();
        if (!without.isEmpty()) {
            page.append("\nWithout settings: ")
                    .append(String.join(", ", without))
                    .append(".\n");
        }
    }

    private void addHead(String title, String... columns) {
        page.append('\n').append(title).append("\n\n");
        addRow(columns);
        page.append("|").append(" --- |".repeat(columns.length)).append('\n');
    }

    private void addRow(String... cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(cell.replace("|", "\\|")).append(cell.isEmpty() ? "|" : " |");
        }
        page.append('\n');
    }

    private static String name(DeclaredSettings plugin, Setting setting) {
        return plugin.kind().word() + "." + plugin.id() + "." + setting.name();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String unit(ValueForm form) {
        return form.unit().isEmpty() ? "" : " (" + form.unit() + ")";
    }
}
