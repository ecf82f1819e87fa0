package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration says. */
class EnsembleSettingsTest {
    private static final String TWO = "server.1=a:1:2\nserver.2=b:1:2:observer\n";

    @TempDir
    private Path directory;

    private EnsembleSettings read(String... given) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < given.length; i += 2) {
            settings.put(given[i], given[i + 1]);
        }
        return EnsembleSettings.of(new ServerSurroundings(directory, settings));
    }

    @Test
    void theFileMyidNamesTheServer() throws IOException {
        Files.writeString(directory.resolve("myid"), " 2\n");
        EnsembleSettings settings = read("members", TWO);
        assertEquals(2, settings.serverId());
        assertTrue(settings.membership().isObserver(2));
    }

    @Test
    void theDefaultsAreThoseOfTheStandardConfiguration() {
        EnsembleSettings settings = read("members", TWO, "serverId", "1");
        assertEquals(3000, settings.zab().tickTimeMillis());
        assertEquals(5000, settings.connectTimeoutMillis());
        assertEquals(3, settings.bindTriesMax());
        assertFalse(settings.listenOnAllAddresses());
        assertEquals(200, settings.zab().notificationMillisMin());
        assertEquals(60_000, settings.zab().notificationMillisMax());
    }

    @Test
    void howOftenVotesAreRepeatedCanBeSet() {
        EnsembleSettings settings =
                read("members", TWO, "serverId", "1", "minNotificationInterval", "5", "maxNotificationInterval", "70");
        assertEquals(5, settings.zab().notificationMillisMin());
        assertEquals(70, settings.zab().notificationMillisMax());
    }

    @Test
    void groupsAndWeightsAreRead() {
        EnsembleSettings settings = read(
                "members",
                "server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2\n",
                "groups",
                "group.1=1:2:3",
                "weights",
                "weight.1=5",
                "serverId",
                "1",
                "initLimit",
                "7",
                "syncLimit",
                "3",
                "tickTime",
                "100");
        assertTrue(settings.membership().quorum().contains(Set.of(1L)));
        assertEquals(700, settings.transferMillis());
        assertEquals(300, settings.silenceMillis());
    }

    @Test
    void whatCannotBeIsSaidWithTheRemedy() throws IOException {
        assertThrows(SettingException.class, () -> read("serverId", "1"));
        assertThrows(SettingException.class, () -> read("members", "server.1=nonsense", "serverId", "1"));
        SettingException noLine = assertThrows(SettingException.class, () -> read("members", TWO, "serverId", "3"));
        assertTrue(noLine.getMessage().contains("server.3"), noLine::getMessage);
        SettingException noFile = assertThrows(SettingException.class, () -> read("members", TWO));
        assertTrue(noFile.getMessage().contains("myid"), noFile::getMessage);
        Files.writeString(directory.resolve("myid"), "one");
        assertThrows(SettingException.class, () -> read("members", TWO));
    }
}
