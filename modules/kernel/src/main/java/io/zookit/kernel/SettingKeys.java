package io.zookit.kernel;

import io.zookit.config.Config;
import io.zookit.config.ConfigEntry;
import io.zookit.config.KeyCatalogue;
import io.zookit.config.NearestName;
import io.zookit.config.Problem;
import io.zookit.spi.PluginKind;
import io.zookit.spi.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the keys that begin like our own, now that it is known which plugins there are and what they understand. */
final class SettingKeys {
    private final Map<PluginName, List<Setting>> chosen;
    private final Set<PluginName> installed;
    private final List<Problem> problems;

    private SettingKeys(Map<PluginName, List<Setting>> chosen, Set<PluginName> installed, List<Problem> problems) {
        this.chosen = chosen;
        this.installed = installed;
        this.problems = problems;
    }

    /**
     * Checks all entries.
     *
     * @param chosen the chosen plugins that were found, and the settings they declare
     * @param installed all plugins that are known to be there
     */
    static void check(
            Config config, Map<PluginName, List<Setting>> chosen, Set<PluginName> installed, List<Problem> problems) {
        SettingKeys keys = new SettingKeys(chosen, installed, problems);
        for (ConfigEntry entry : config.entries()) {
            if (KeyCatalogue.isOwn(entry.key())
                    && KeyCatalogue.find(entry.key()).isEmpty()
                    && !entry.key().startsWith("config.")) {
                keys.checkEntry(entry);
            }
        }
    }

    private void checkEntry(ConfigEntry entry) {
        String[] parts = entry.key().split("\\.", 3);
        Optional<PluginKind> kind = ProviderKinds.kindOf(parts[0]);
        if (kind.isEmpty()) {
            List<String> keys = Arrays.stream(PluginKind.values())
                    .map(each -> "plugin." + each.word())
                    .toList();
            problems.add(Problem.error(entry, "unknown key." + NearestName.question(entry.key(), keys)));
        } else if (parts.length < 3) {
            problems.add(Problem.error(
                    entry, "unknown key. A setting of a plugin is written " + parts[0] + ".<plugin>.<name>."));
        } else {
            checkSetting(entry, new PluginName(kind.get(), parts[1]), parts[2]);
        }
    }

    private void checkSetting(ConfigEntry entry, PluginName plugin, String name) {
        String prefix = plugin.kind().word() + ".";
        if (chosen.containsKey(plugin)) {
            List<String> names = chosen.getOrDefault(plugin, List.of()).stream()
                    .map(Setting::name)
                    .toList();
            if (!names.contains(name)) {
                Optional<String> nearest = NearestName.of(name, names);
                String hint = nearest.map(near -> " Did you mean " + prefix + plugin.id() + "." + near + "?")
                        .orElse(names.isEmpty() ? " It has none." : " It has " + String.join(", ", names) + ".");
                problems.add(Problem.error(entry, "the plugin " + plugin + " has no such setting." + hint));
            }
        } else if (installed.contains(plugin)) {
            problems.add(Problem.warning(entry, "has no effect, because the plugin " + plugin + " is not chosen."));
        } else {
            Set<String> ids = installed.stream()
                    .filter(each -> each.kind() == plugin.kind())
                    .map(PluginName::id)
                    .collect(Collectors.toSet());
            String hint = NearestName.of(plugin.id(), ids)
                    .map(near -> " Did you mean " + prefix + near + "." + name + "?")
                    .orElse("");
            problems.add(Problem.error(entry, "there is no plugin " + plugin + "." + hint));
        }
    }
}
