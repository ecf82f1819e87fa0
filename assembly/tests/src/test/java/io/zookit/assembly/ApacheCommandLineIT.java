package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache's zkCli as a process of its own. */
class ApacheCommandLineIT {
    private static Server server;

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void startTheServer(@TempDir Path directory) throws Exception {
        server = Server.start(Distribution.built(), directory);
    }

    @AfterAll
    static void stopTheServer() throws Exception {
        server.close();
    }

    @Test
    void aSessionOfCommands() throws Exception {
        try (Running zkCli = zkCli()) {
            zkCli.say(String.join(
                    "\n",
                    "create /a hello",
                    "create -e /a/e",
                    "create -s /a/s- numbered",
                    "get -s /a",
                    "ls /a",
                    "ls -R /a",
                    "set -s -v 0 /a world",
                    "set -v 0 /a nobody",
                    "addauth digest bob:builder",
                    "setAcl /a auth:bob:cdrwa",
                    "getAcl /a",
                    "get -w /a",
                    "set /a watched",
                    "delete /a/e",
                    "deleteall /a",
                    "stat /a",
                    "ls /",
                    "quit",
                    ""));
            assertEquals(0, zkCli.exitCode(), zkCli.text());
            String text = zkCli.text();
            assertContains(text, "Created /a\n");
            assertContains(text, "Created /a/s-0000000001");
            assertContains(text, "hello");
            assertContains(text, "[e, s-0000000001]");
            assertContains(text, "dataVersion = 1");
            assertContains(text, "version No is not valid : /a");
            assertContains(text, "'digest,'bob:");
            assertContains(text, "type:NodeDataChanged path:/a");
            assertContains(text, "Node does not exist: /a");
        }
    }

    @Test
    void oneCommandAndItsExitCode() throws Exception {
        try (Running created = zkCli("create", "/single", "x");
                Running missing = zkCli("get", "/missing")) {
            assertEquals(0, created.exitCode(), created.text());
            assertEquals(1, missing.exitCode(), missing.text());
            assertContains(missing.text(), "Node does not exist: /missing");
        }
    }

    private Running zkCli(String... command) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.zookeeper.ZooKeeperMain",
                "-server",
                server.connectString()));
        line.addAll(List.of(command));
        return Running.start(directory, Map.of(), line);
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), () -> part + " is not in:\n" + text);
    }
}
