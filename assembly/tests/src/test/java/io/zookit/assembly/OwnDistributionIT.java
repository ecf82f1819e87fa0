package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walks of docs/writing-a-storage-plugin.md and docs/assembling.md, one after the other and in empty folders: a storage of somebody
 * else is built and proved, and a pom of ten lines makes a distribution with it. The files are the ones the page shows.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OwnDistributionIT {
    private static final Page PAGE = Page.of("docs/assembling.md");

    @TempDir
    static Path directory = Path.of("");

    private Maven maven = new Maven(directory);

    @BeforeAll
    void aPluginIsBuiltAndProvedOutsideOfOurTree() throws Exception {
        maven = Maven.withOurs(directory.resolve("repository"));
        Path plugin = directory.resolve("mine");
        Distribution.copy(Maven.source().resolve("templates/storage-plugin/src"), plugin.resolve("src"));
        Files.copy(Maven.source().resolve("templates/storage-plugin/pom.xml"), plugin.resolve("pom.xml"));
        String built = maven.run(0, plugin, "verify");
        assertTrue(built.contains("Running com.example.zookit.journal.JournalLogTest"), built);
        maven.install(plugin, "com.example", "storage-journal", "1.0.0", "jar");
    }

    @Test
    void tenLinesAndAListMakeADistributionThatNeedsNoJava() throws Exception {
        Path project = project("my-zookit", PAGE.shown("plugins.list"));
        assertTrue(PAGE.shown("pom.xml").size() <= 10, "the page promises ten lines");
        maven.run(0, project, "package", "-Dzookit.runtime");

        Path unpacked = Files.createDirectories(directory.resolve("unpacked"));
        Path archive = project.resolve("target/my-zookit.tar.gz");
        try (Running tar = Running.start(unpacked, Map.of(), List.of("tar", "-xzf", archive.toString()))) {
            assertEquals(0, tar.exitCode(), tar.text());
        }
        Distribution made = new Distribution(unpacked.resolve("my-zookit"));
        assertEquals(
                List.of("auth-world", "consensus-single", "session-buckets", "storage-journal", "transport-netty"),
                names(made.plugins()));
        assertEquals(
                names(Distribution.built().plugins().resolve("transport-netty")),
                names(made.plugins().resolve("transport-netty")));
        assertEquals(List.of("storage-journal-1.0.0.jar"), names(made.plugins().resolve("storage-journal")));
        assertTrue(size(made.directory().resolve("runtime")) <= 60 << 20, "a trimmed runtime has at most 60 MB");
        assertServes(made);
    }

    @Test
    void aWrongListFailsWithTheReasonAndMakesNothing() throws Exception {
        List<String> right = PAGE.shown("plugins.list");
        assertRefused("unknown", right, "storage-journal", "storage-jurnal", "com.example:storage-jurnal:1.0.0");
        assertRefused("unknown-of-ours", right, "auth-world", "auth-wolrd", "there is no plugin auth-wolrd");
        assertRefused("twice", right, "auth-world", "transport-netty", "transport-netty is there twice");
        assertRefused("kind-missing", right, "session-buckets", "", "plugin.session=buckets (default): no such plugin");
    }

    private void assertRefused(String name, List<String> list, String word, String other, String reason)
            throws Exception {
        List<String> wrong =
                list.stream().map(line -> line.replace(word, other)).toList();
        Path project = project(name, wrong);
        String said = maven.run(1, project, "package", "-Dzookit.name=made");
        assertTrue(said.contains(reason), () -> reason + " is not in:\n" + said);
        assertTrue(said.contains("plugins.list"), said);
        assertFalse(Files.exists(project.resolve("target/made")), "a refused distribution was left");
        assertFalse(Files.exists(project.resolve("target/made.tar.gz")), "an archive of it was left");
    }

    private static Path project(String name, List<String> list) throws IOException {
        Path project = Files.createDirectories(directory.resolve("projects").resolve(name));
        Files.write(project.resolve("pom.xml"), PAGE.shown("pom.xml"));
        Files.write(project.resolve("plugins.list"), list);
        Files.createDirectories(project.resolve("conf"));
        Files.write(project.resolve("conf/zoo.cfg"), PAGE.shown("conf/zoo.cfg"));
        return project;
    }

    /** The server starts where there is no Java but its own, and its data is kept by the plugin. */
    private static void assertServes(Distribution made) throws Exception {
        Path home = directory.resolve("server");
        int port = Server.freePort();
        Path configuration = Server.writeConfiguration(home, port, "plugin.storage=journal", "plugin.auth=world");
        Path tools = directory.resolve("tools");
        copyPrograms(tools);
        Map<String, String> noJava = Map.of("PATH", tools.toString(), "JAVA_HOME", "", "ZOO_LOG_DIR", home + "/logs");
        List<String> command = List.of("bash", made.script().toString(), "start-foreground", configuration.toString());
        try (Running server = Running.start(home, noJava, command)) {
            server.awaitLine(Server.READY);
            try (Client client = Client.connect("127.0.0.1:" + port)) {
                client.zk()
                        .create(
                                "/hello",
                                "world".getBytes(StandardCharsets.UTF_8),
                                Ids.OPEN_ACL_UNSAFE,
                                CreateMode.PERSISTENT);
            }
            assertTrue(server.text().contains("com.example.zookit.journal"), server.text());
        }
    }

    /** A directory of all programs that the scripts may use, and of no java. */
    private static void copyPrograms(Path tools) throws IOException {
        Files.createDirectories(tools);
        for (String program : List.of(
                "bash",
                "basename",
                "dirname",
                "readlink",
                "sed",
                "head",
                "tail",
                "cat",
                "mkdir",
                "find",
                "id",
                "tr",
                "grep",
                "sleep")) {
            for (String place : System.getenv("PATH").split(":")) {
                Path file = Path.of(place, program);
                if (Files.isExecutable(file) && !Files.exists(tools.resolve(program))) {
                    Files.copy(file, tools.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static List<String> names(Path directory) {
        return Distribution.list(directory).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
