package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A distribution of somebody's own, made from ours by a list. */
class AssembleIT {
    private static final List<String> SMALL = List.of(
            "# small",
            "transport-netty",
            "consensus-single",
            "storage-memory # no files",
            "auth-world",
            "session-buckets");

    @TempDir
    Path directory = Path.of("");

    @Test
    void aListMakesADistributionThatStarts() throws Exception {
        // Under the name of a plugin of ours, but from outside: what somebody names comes before what we have.
        Path own = directory.resolve("own/storage-memory");
        Distribution.copy(Distribution.built().plugins().resolve("storage-memory"), own);
        try (Running run = assemble(SMALL, "plugin.storage=memory\nplugin.auth=world\n", own)) {
            assertEquals(0, run.exitCode(), run.text());
        }
        Distribution made = new Distribution(directory.resolve("made"));
        assertEquals(
                List.of("auth-world", "consensus-single", "session-buckets", "storage-memory", "transport-netty"),
                Distribution.list(made.plugins()).stream()
                        .map(plugin -> plugin.getFileName().toString())
                        .toList());
        assertTrue(Files.size(directory.resolve("made.tar.gz")) > 0);
        try (Server server =
                        Server.start(made, directory.resolve("server"), "plugin.storage=memory", "plugin.auth=world");
                Client client = Client.connect(server)) {
            assertEquals(List.of("zookeeper"), client.zk().getChildren("/", false));
        }
    }

    @Test
    void aPluginThatIsNowhereIsNamedWithItsLine() throws Exception {
        assertRefused(List.of("transport-netty", "storage-mapbd"), "my.list:2", "no plugin storage-mapbd");
    }

    @Test
    void aPluginThatIsListedTwiceIsRefused() throws Exception {
        assertRefused(List.of("auth-ip", "auth-world", "auth-ip"), "my.list:3", "auth-ip is there twice");
    }

    @Test
    void aListWithoutWhatTheConfigurationChoosesIsRefused() throws Exception {
        assertRefused(SMALL, "plugin.storage=mapdb (default): no such plugin", "do not make a server");
    }

    @Test
    void aDirectoryThatIsNotListedIsNotSilentlyLeftOut() throws Exception {
        Path digest = Distribution.built().plugins().resolve("auth-digest");
        try (Running run = assemble(SMALL, "", digest)) {
            assertRefused(run, "auth-digest is named here but not in");
        }
    }

    private void assertRefused(List<String> lines, String... parts) throws Exception {
        try (Running run = assemble(lines, "")) {
            assertRefused(run, parts);
        }
    }

    private void assertRefused(Running run, String... parts) throws Exception {
        assertEquals(2, run.exitCode(), run.text());
        for (String part : parts) {
            assertTrue(run.text().contains(part), () -> part + " is not in:\n" + run.text());
        }
        assertFalse(Files.exists(directory.resolve("made")), "a refused distribution was left");
        assertFalse(Files.exists(directory.resolve("made.unfinished")), "a part of a distribution was left");
    }

    private Running assemble(List<String> lines, String configuration, Path... plugins) throws Exception {
        Path list = Files.write(directory.resolve("my.list"), lines);
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("zoo.cfg"), "dataDir=" + directory + "\nclientPort=2181\n" + configuration);
        List<String> command = new ArrayList<>(List.of(
                Distribution.built().directory().resolve("bin/zkAssemble.sh").toString(),
                "--config",
                conf.toString(),
                list.toString(),
                directory.resolve("made").toString()));
        for (Path plugin : plugins) {
            command.add(plugin.toString());
        }
        return Running.start(directory, Map.of(), command);
    }
}
