package io.zookit.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.config.Key;
import io.zookit.config.KeyCatalogue;
import io.zookit.kernel.DeclaredSettings;
import io.zookit.spi.PluginKind;
import io.zookit.spi.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPageTest {
    private static final String PAGE = KeyPage.markdown(List.of(
            new DeclaredSettings(
                    PluginKind.STORAGE,
                    "rocks",
                    List.of(
                            new Setting("force", "yes", "Whether | it waits.", List.of("forceSync")),
                            new Setting("more", null, "Something else."))),
            new DeclaredSettings(PluginKind.AUTH, "world", List.of())));

    private static void assertRow(String row) {
        assertTrue(PAGE.contains("\n" + row + "\n"), () -> row + " is not in\n" + PAGE);
    }

    @Test
    void everyKeyHasARow() {
        for (List<Key> group : KeyCatalogue.groups().values()) {
            for (Key key : group) {
                assertTrue(PAGE.contains("\n| `" + key.name() + "` |"), key.name());
            }
        }
    }

    @Test
    void aRowSaysDefaultMeaningOriginAndEffect() {
        assertRow(
                "| `tickTime` | `3000` | The length of a tick, the unit of the other times. (ms) | | Apache | used |");
        assertRow("| `config.strict` | `false` | Whether an unknown key stops the start. | | Zookit | used |");
        assertRow("| `secureClientPort` | `0` | The port for clients with TLS; 0: none. (port) | | Apache |"
                + " another value than the default stops the start: this version has no TLS port |");
    }

    @Test
    void aKeyThatPluginsHaveLeadsToTheirSettings() {
        assertTrue(PAGE.contains(" | `zookeeper.forceSync` | Apache | `storage.rocks.force` |\n"), PAGE);
        assertTrue(PAGE.contains(" | `zookeeper.preAllocSize` | Apache | none: no installed plugin has it |\n"), PAGE);
        assertRow("| `storage.rocks.force` | `forceSync` | `yes` | Whether \\| it waits. |");
        assertRow("| `storage.rocks.more` | | | Something else. |");
        assertTrue(PAGE.endsWith("\nWithout settings: auth world.\n"), PAGE);
    }
}
