package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools by their scripts, with the plugins of the distribution. */
class ToolIT {
    private static final Distribution DISTRIBUTION = Distribution.built();

    @TempDir
    Path directory = Path.of("");

    private Running run(int exitCode, String script, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(DISTRIBUTION.directory().resolve("bin").resolve(script).toString());
        command.addAll(List.of(arguments));
        try (Running tool = Running.start(directory, Map.of(), command)) {
            assertEquals(exitCode, tool.exitCode(), tool.text());
            return tool;
        }
    }

    @Test
    void aConfigurationIsCheckedWithoutStartingAnything() throws Exception {
        Path good = Server.writeConfiguration(directory, 2181);
        assertTrue(run(0, "zkTool.sh", "check-config", good.toString()).text().contains("would start"));
        Path bad = Server.writeConfiguration(directory, 2181, "plugin.storage=rocks", "tickTimes=1", "syncLimit=x");
        String text = run(2, "zkTool.sh", "check-config", bad.toString()).text();
        assertTrue(text.contains("zoo.cfg:7 plugin.storage=rocks"), text);
        assertTrue(text.contains("zoo.cfg:8 tickTimes=1"), text);
        assertTrue(text.contains("zoo.cfg:9 syncLimit=x"), text);
        assertTrue(!Files.exists(directory.resolve("data")), "nothing was written");
    }

    @Test
    void dataOfAnotherStorageIsFoundExplainedConvertedAndServed() throws Exception {
        try (Server server = Server.start(DISTRIBUTION, directory, "plugin.storage=files");
                Client client = Client.connect(server)) {
            client.zk().create("/kept", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            String running = run(
                            1,
                            "zkTool.sh",
                            "doctor",
                            directory.resolve("zoo.cfg").toString())
                    .text();
            assertTrue(running.contains("in use"), running);
        }
        Path configuration = Server.writeConfiguration(directory, Server.freePort());
        try (Running refused = Server.refused(DISTRIBUTION, directory)) {
            assertEquals(3, refused.exitCode(), refused.text());
            assertTrue(refused.text().contains("zkTool.sh convert"), refused.text());
        }
        String found = run(1, "zkTool.sh", "doctor", configuration.toString()).text();
        assertTrue(found.contains("FOUND") && found.contains("version-2"), found);

        String data = directory.resolve("data").toString();
        run(0, "zkTool.sh", "convert", "files:" + data, "mapdb:" + data);
        run(0, "zkTool.sh", "doctor", configuration.toString());
        run(0, "zkCleanup.sh", "--config", directory.toString(), "-n", "3");
        try (Server server = Server.start(DISTRIBUTION, directory);
                Client client = Client.connect(server)) {
            assertTrue(client.zk().exists("/kept", false) != null, "the znode has moved to the other storage");
        }
    }
}
