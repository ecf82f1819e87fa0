package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A third person's plugin, from its source outside of the tree to a running server, and the mistakes on that way. */
class PluginIT {
    private static final Path AUTH = Path.of("../../plugins/example-auth-token");
    private static final Path STORAGE = Path.of("../../templates/storage-plugin");

    @TempDir
    Path directory = Path.of("");

    @Test
    void anAuthPluginIsBuiltAloneDroppedInAndUsed() throws Exception {
        Distribution kit = Distribution.built().copyTo(directory.resolve("kit"));
        build(kit, AUTH, kit.plugins().resolve("auth-token"));
        Path tokens = Files.writeString(directory.resolve("tokens"), "s3cret=alice\n");
        try (Server server = Server.start(
                kit,
                directory.resolve("server"),
                "plugin.auth=world,ip,digest,super,token",
                "auth.token.file=" + tokens)) {
            try (Client alice = Client.connect(server);
                    Client stranger = Client.connect(server)) {
                alice.zk().addAuthInfo("token", Client.bytes("s3cret"));
                alice.zk().create("/a", Client.bytes("mine"), Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
                List<ACL> acl = alice.zk().getACL("/a", new Stat());
                assertEquals("token", acl.get(0).getId().getScheme());
                assertEquals("alice", acl.get(0).getId().getId());
                assertThrows(KeeperException.NoAuthException.class, () -> stranger.zk()
                        .getData("/a", false, null));
            }
        }
    }

    @Test
    void aStoragePluginIsBuiltAloneDroppedInAndKeepsWhatItWasGivenThroughAKill() throws Exception {
        Distribution kit = Distribution.built().copyTo(directory.resolve("kit"));
        build(kit, STORAGE, kit.plugins().resolve("storage-journal"));
        try (Server server = Server.start(kit, directory.resolve("server"), "plugin.storage=journal")) {
            try (Client client = Client.connect(server)) {
                client.zk().create("/a", Client.bytes("kept"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            server.process().kill();
            server.restart();
            try (Client client = Client.connect(server)) {
                assertArrayEquals(Client.bytes("kept"), client.zk().getData("/a", false, null));
            }
        }
    }

    @Test
    void theListOfPluginsShowsWhatIsInstalledAndWhatIsChosen() throws Exception {
        Path configuration = Server.writeConfiguration(directory, Server.freePort());
        Distribution kit = Distribution.built();
        try (Running list = Running.start(
                directory,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Dzookit.plugins=" + kit.plugins(),
                        "--module-path",
                        kit.lib().toString(),
                        "--add-modules",
                        "ALL-DEFAULT",
                        "-m",
                        "io.zookit.server/io.zookit.server.Main",
                        "--list-plugins",
                        configuration.toString()))) {
            assertEquals(0, list.exitCode(), list.text());
            for (String part : List.of("storage", "mapdb", "memory", "netty", "digest", "io.zookit.storage.mapdb@")) {
                assertTrue(list.text().contains(part), () -> part + " is not in:\n" + list.text());
            }
        }
    }

    @Test
    void anIdThatIsThereTwiceStopsTheStart() throws Exception {
        Distribution kit = Distribution.built().copyTo(directory.resolve("kit"));
        Distribution.copy(kit.plugins().resolve("auth-digest"), kit.plugins().resolve("my-digest"));
        assertRefused(kit, "auth-digest", "my-digest");
    }

    @Test
    void aMissingJarIsNamedWithTheDirectoryItShouldBeIn() throws Exception {
        Distribution kit = Distribution.built().copyTo(directory.resolve("kit"));
        Path storage = kit.plugins().resolve("storage-mapdb");
        for (Path jar : Distribution.list(storage)) {
            if (jar.getFileName().toString().startsWith("kotlin")) {
                Files.delete(jar);
            }
        }
        assertRefused(kit, storage.getFileName().toString(), "kotlin.stdlib");
    }

    @Test
    void aJarOfTheServerInAPluginDirectoryIsToBeRemoved() throws Exception {
        Distribution kit = Distribution.built().copyTo(directory.resolve("kit"));
        Path spi = Distribution.list(kit.lib()).stream()
                .filter(jar -> jar.getFileName().toString().startsWith("zookit-spi"))
                .findFirst()
                .orElseThrow();
        Files.copy(spi, kit.plugins().resolve("auth-digest").resolve(spi.getFileName()));
        assertRefused(kit, "auth-digest", spi.getFileName().toString());
    }

    @Test
    void aJarBesideThePluginDirectoriesIsNotSilentlyIgnored() throws Exception {
        Distribution kit = Distribution.built().copyTo(directory.resolve("kit"));
        Path jar = Distribution.list(kit.plugins().resolve("auth-digest")).get(0);
        Files.move(jar, kit.plugins().resolve("stray.jar"));
        Files.delete(kit.plugins().resolve("auth-digest"));
        assertRefused(kit, "digest", "stray.jar");
    }

    private void assertRefused(Distribution kit, String... parts) throws InterruptedException {
        try (Running server = Server.refused(kit, directory.resolve("server"))) {
            assertEquals(2, server.exitCode(), server.text());
            for (String part : parts) {
                assertTrue(server.text().contains(part), () -> part + " is not in:\n" + server.text());
            }
        }
    }

    /** What a build outside of the tree does: the compiler with the contracts on its module path, and a jar of the result. */
    private void build(Distribution kit, Path project, Path pluginDirectory) throws Exception {
        Path copy = directory.resolve("example");
        Distribution.copy(project.resolve("src/main"), copy);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<String> compile =
                new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), "--module-path", modulePath(kit)));
        try (Stream<Path> sources = Files.walk(copy.resolve("java"))) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .forEach(source -> compile.add(source.toString()));
        }
        tool("javac", compile);
        if (Files.isDirectory(copy.resolve("resources"))) {
            Distribution.copy(copy.resolve("resources"), classes);
        }
        Files.createDirectories(pluginDirectory);
        tool(
                "jar",
                List.of(
                        "--create",
                        "--file",
                        pluginDirectory.resolve("plugin-1.0.jar").toString(),
                        "-C",
                        classes.toString(),
                        "."));
    }

    /** The server's modules, and the annotations for the compiler, which a distribution does not hold. */
    private static String modulePath(Distribution kit) {
        String annotations = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains("jspecify"))
                .findFirst()
                .orElseThrow();
        return kit.lib() + File.pathSeparator + annotations;
    }

    private static void tool(String name, List<String> arguments) {
        StringWriter output = new StringWriter();
        PrintWriter printer = new PrintWriter(output);
        int exitCode =
                ToolProvider.findFirst(name).orElseThrow().run(printer, printer, arguments.toArray(new String[0]));
        assertEquals(0, exitCode, () -> name + " " + arguments + "\n" + output);
    }
}
