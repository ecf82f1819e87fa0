package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a server must not start, it says what, where and what to do, and leaves everything as it was. */
class RefusalIT {
    private final Distribution distribution = Distribution.built();

    @TempDir
    Path directory = Path.of("");

    @Test
    void dataOfApacheZooKeeperIsNeverTakenForAnEmptyDirectory() throws Exception {
        Path theirs = Files.createDirectories(directory.resolve("data/version-2"));
        Files.write(theirs.resolve("log.1"), new byte[] {'Z', 'K', 'L', 'G'});
        // What the first refusal leaves behind must not be taken for data of ours by the second.
        for (int attempt = 0; attempt < 2; attempt++) {
            try (Running server = Server.refused(distribution, directory)) {
                assertEquals(3, server.exitCode(), server.text());
                assertTrue(server.text().contains(theirs.toString()), server.text());
            }
        }
        assertEquals(4, Files.size(theirs.resolve("log.1")));
    }

    @Test
    void aWrongConfigurationIsReportedAsAWholeWithItsLines() throws Exception {
        try (Running server = Server.refused(
                distribution,
                directory,
                "tickTime=soon",
                "plugin.storage=rocks",
                "storage.mapdb.nosuchsetting=1",
                "maxSessionTimeout=1",
                "minSessionTimeout=2")) {
            assertEquals(2, server.exitCode(), server.text());
            String text = server.text();
            assertTrue(text.contains("zoo.cfg:7") && text.contains("soon"), text);
        }
    }

    @Test
    void allWrongPluginLinesAreReportedTogether() throws Exception {
        try (Running server =
                Server.refused(distribution, directory, "plugin.storage=rocks", "storage.mapdb.nosuchsetting=1")) {
            assertEquals(2, server.exitCode(), server.text());
            String text = server.text();
            assertTrue(text.contains("zoo.cfg:7") && text.contains("plugin.storage=rocks"), text);
            assertTrue(text.contains("mapdb") && text.contains("memory"), "what is installed: " + text);
            assertTrue(text.contains("zoo.cfg:8") && text.contains("nosuchsetting"), text);
        }
    }

    @Test
    void anUnknownKeyIsAWarningWithItsLineAndTheNearestName() throws Exception {
        try (Server server = Server.start(distribution, directory, "maxClientCnxs=10")) {
            String warning = server.process().awaitLine("maxClientCnxs\\b");
            assertTrue(warning.contains("zoo.cfg:7"), warning);
            assertTrue(
                    server.process().text().contains("maxClientCnxns"),
                    server.process().text());
        }
    }

    @Test
    void aPortInUseNamesThePort() throws Exception {
        try (Server first = Server.start(distribution, directory.resolve("one"));
                Running second = Server.refused(distribution, directory.resolve("two"), "clientPort=" + first.port())) {
            assertTrue(second.exitCode() != 0, second.text());
            assertTrue(second.text().contains(Integer.toString(first.port())), second.text());
        }
    }

    @Test
    void oneDirectoryServesOneServer() throws Exception {
        try (Server first = Server.start(distribution, directory.resolve("one"));
                Running second = Server.refused(distribution, directory.resolve("two"), "dataDir=" + first.data())) {
            assertTrue(second.exitCode() != 0, second.text());
            assertTrue(second.text().contains(first.data().toString()), second.text());
        }
    }

    @Test
    void aDataDirectoryThatCannotBeMadeIsACodeOfItsOwn() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        try (Running server = Server.refused(distribution, directory, "dataDir=" + file.resolve("data"))) {
            assertEquals(3, server.exitCode(), server.text());
            assertTrue(server.text().contains(file.resolve("data").toString()), server.text());
        }
    }

    @Test
    void anInvocationWithoutAConfigurationIsExplained() throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        try (Running server = Running.start(
                directory,
                Map.of("ZOO_LOG_DIR", directory.resolve("logs").toString()),
                List.of(
                        distribution.script().toString(),
                        "--config",
                        directory.resolve("empty").toString(),
                        "start-foreground"))) {
            assertEquals(2, server.exitCode(), server.text());
            assertTrue(server.text().contains(directory.resolve("empty/zoo.cfg").toString()), server.text());
        }
    }
}
