package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of zkServer.sh, the environment it reads, and its exit codes. */
class ScriptIT {
    @TempDir
    Path directory = Path.of("");

    private final Distribution distribution = Distribution.built();
    private final List<Path> pidFiles = new ArrayList<>();

    /** Daemons are no children of the test: whatever a failed test has left is ended here. */
    @AfterEach
    void endLeftDaemons() throws Exception {
        for (Path file : pidFiles) {
            if (Files.exists(file)) {
                ProcessHandle.of(Long.parseLong(Files.readString(file))).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void startStatusRestartAndStop() throws Exception {
        String configuration = configure(directory).toString();
        assertRun(1, "Error contacting service. It is probably not running.", "status", configuration);

        assertRun(0, "Starting zookeeper ... STARTED", "start", configuration);
        long pid = pid();
        assertTrue(alive(pid));
        awaitAnswer();
        assertRun(0, "Mode: standalone", "status", configuration);
        assertRun(1, "already running as process " + pid, "start", configuration);

        assertRun(0, "Stopping zookeeper ... STOPPED", "restart", configuration);
        assertFalse(alive(pid), "the first process has ended");
        assertNotEquals(pid, pid());
        awaitAnswer();

        long second = pid();
        assertRun(0, "Stopping zookeeper ... STOPPED", "stop", configuration);
        assertFalse(alive(second), "stop returns when the server has ended");
        assertFalse(Files.exists(pidFiles.get(0)));
        assertRun(0, "no zookeeper to stop", "stop", configuration);
        assertRun(1, "Error contacting service. It is probably not running.", "status", configuration);
    }

    @Test
    void aPidFileOfTheDeadOrOfSomebodyElseDoesNotHinderAStart() throws Exception {
        String configuration = configure(directory).toString();
        Files.createDirectories(pidFiles.get(0).getParent());
        Files.writeString(pidFiles.get(0), Long.toString(ProcessHandle.current().pid()));
        assertRun(0, "STARTED", "start", configuration);
        assertRun(0, "STOPPED", "stop", configuration);
        assertTrue(ProcessHandle.current().isAlive());
    }

    @Test
    void aStartThatFailsSaysSoAndWhy() throws Exception {
        String missing = directory.resolve("nowhere.cfg").toString();
        assertRun(1, "FAILED TO START", "start", missing);
        Path configuration = configure(directory);
        Files.writeString(configuration, "clientPort=notANumber\n", StandardOpenOption.APPEND);
        String output = assertRun(1, "FAILED TO START", "start", configuration.toString());
        assertTrue(output.contains("notANumber"), output);
        assertFalse(Files.exists(pidFiles.get(0)));
    }

    @Test
    void theConfigurationDirectoryAndItsFilesCountInTheirOrder() throws Exception {
        Path conf = Files.createDirectories(directory.resolve("conf of mine"));
        configure(directory);
        Files.move(directory.resolve("zoo.cfg"), conf.resolve("zoo.cfg"));
        Files.copy(conf.resolve("zoo.cfg"), conf.resolve("other.cfg"));
        Files.writeString(conf.resolve("zookeeper-env.sh"), "ZK_SERVER_HEAP=123\n");
        Files.writeString(conf.resolve("java.env"), "SERVER_JVMFLAGS=\"-Dfrom.java.env=yes\"\n");
        Map<String, String> noFlags = Map.of("SERVER_JVMFLAGS", "", "JVMFLAGS", "-Dfrom.jvmflags=*");

        String printed = printed(noFlags, "--config", conf.toString(), "print-cmd");
        assertTrue(printed.contains("-Xmx123m -Dfrom.java.env=yes -Dfrom.jvmflags="), printed);
        assertTrue(printed.contains("Using config: " + conf.resolve("zoo.cfg")), printed);
        printed = printed(noFlags, "--config", conf.toString(), "print-cmd", "other.cfg");
        assertTrue(printed.contains("Using config: " + conf.resolve("other.cfg")), printed);
        printed = printed(Map.of("ZOOCFGDIR", conf.toString(), "ZOOCFG", "other.cfg"), "print-cmd");
        assertTrue(printed.contains("Using config: " + conf.resolve("other.cfg")), printed);
    }

    @Test
    void theServerIsTheProcessThatWasStartedAndShowsItsOptions() throws Exception {
        Path configuration = configure(directory);
        try (Running server =
                run(Map.of("JVMFLAGS", "-Dmarker.of.this.test=1"), "start-foreground", configuration.toString())) {
            server.awaitLine(Server.READY);
            String command = Files.readString(Path.of("/proc/" + server.pid() + "/cmdline"));
            assertTrue(command.contains("-Dmarker.of.this.test=1"), command);
            assertTrue(command.contains("--module-path"), command);
            assertFalse(command.contains("-cp"), command);
            assertTrue(command.contains(configuration.toString()), "the configuration stays on the command line");
            server.terminate();
            assertEquals(143, server.exitCode(), "as a JVM ends after SIGTERM");
        }
    }

    @Test
    void aShellStaysInBetweenOnRequest() throws Exception {
        Path configuration = configure(directory);
        Files.writeString(configuration, "clientPort=notANumber\n", StandardOpenOption.APPEND);
        try (Running shell = run(Map.of("ZOO_NOEXEC", "true"), "start-foreground", configuration.toString())) {
            assertEquals(2, shell.exitCode(), shell.text());
        }
    }

    @Test
    void pathsWithSpacesRelativePathsAndLinksWork() throws Exception {
        Path home = Files.createDirectories(directory.resolve("a place with spaces"));
        Distribution copy = distribution.copyTo(home.resolve("the kit"));
        Path link = Files.createDirectories(home.resolve("links")).resolve("zkServer.sh");
        Files.createSymbolicLink(link, Path.of("../the kit/bin/zkServer.sh"));
        int port = Server.freePort();
        Files.write(
                home.resolve("my zoo.cfg"),
                List.of("tickTime=2000", "dataDir=my data", "clientPort=" + port, "clientPortAddress=127.0.0.1"));
        try (Running server =
                Running.start(home, Map.of(), List.of("links/zkServer.sh", "start-foreground", "./my zoo.cfg"))) {
            server.awaitLine(Server.READY);
            assertTrue(Server.word(port, "srvr").contains("Mode: standalone"));
        }
        assertTrue(Files.isDirectory(home.resolve("my data")));
        assertTrue(Files.isDirectory(copy.directory().resolve("logs")), "logs lie beside bin unless told otherwise");
    }

    @Test
    void aReadOnlyInstallationServesWithItsDataElsewhere() throws Exception {
        Distribution copy = distribution.copyTo(directory.resolve("kit"));
        configure(directory);
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // The permissions of files do not bind root.
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv to stop being root");
            command.addAll(List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        command.addAll(List.of(
                copy.script().toString(),
                "start-foreground",
                directory.resolve("zoo.cfg").toString()));
        try (Running freeze = Running.start(
                directory,
                Map.of(),
                List.of("chmod", "-R", "a-w", copy.directory().toString()))) {
            assertEquals(0, freeze.exitCode());
        }
        try (Running server = Running.start(directory, Map.of(), command)) {
            server.awaitLine(Server.READY);
        } finally {
            Running thaw = Running.start(
                    directory,
                    Map.of(),
                    List.of("chmod", "-R", "u+w", copy.directory().toString()));
            thaw.exitCode();
        }
        assertFalse(Files.exists(copy.directory().resolve("logs")));
        assertTrue(Files.isDirectory(directory.resolve("data/logs")));
    }

    @Test
    void logFilesAndPidFileGoWhereTheyAreWanted() throws Exception {
        String configuration = configure(directory).toString();
        Path pidFile = directory.resolve("run/zk.pid");
        pidFiles.add(pidFile);
        Map<String, String> environment = new HashMap<>(Map.of(
                "ZOOPIDFILE",
                pidFile.toString(),
                "ZOO_LOG_DIR",
                directory.resolve("my logs").toString(),
                "ZOO_LOG_FILE",
                "server.log",
                "ZOO_LOG4J_PROP",
                "INFO,ROLLINGFILE"));
        Running start = run(environment, "start", configuration);
        assertEquals(0, start.exitCode(), start.text());
        assertTrue(Files.exists(pidFile));
        awaitAnswer();
        assertTrue(Files.readString(directory.resolve("my logs/server.log")).contains("INFO"));
        assertEquals("", Files.readString(directory.resolve("my logs/server.out")), "no line twice");
        Running stop = run(environment, "stop", configuration);
        assertEquals(0, stop.exitCode(), stop.text());
        assertFalse(Files.exists(pidFile));
    }

    @Test
    void aDataDirectoryIsNotMadeWhenThatIsForbidden() throws Exception {
        String configuration = configure(directory).toString();
        Running refused = run(Map.of("ZOO_DATADIR_AUTOCREATE_DISABLE", "1"), "start", configuration);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.text().contains("ZooKeeper data directory is missing at "), refused.text());
        assertFalse(Files.exists(directory.resolve("data")));
    }

    @Test
    void versionAndUsage() throws Exception {
        assertRun(0, System.getProperty("zookit.version"), "version");
        assertRun(0, "start|start-foreground|stop|version|restart|status|print-cmd", "nonsense");
        assertRun(0, "Usage:");
    }

    @Test
    void thePrintedCommandStartsTheServer() throws Exception {
        Path configuration = configure(directory);
        Running printed = run(Map.of(), "print-cmd", configuration.toString());
        assertEquals(0, printed.exitCode());
        String command = printed.text().lines().reduce((first, last) -> last).orElseThrow();
        Files.createDirectories(directory.resolve("logs"));
        try (Running server =
                Running.start(directory, Map.of(), List.of("bash", "-c", "exec " + command.replaceFirst("> .*", "")))) {
            server.awaitLine(Server.READY);
        }
    }

    private Path configure(Path home) {
        Path configuration = Server.writeConfiguration(home, Server.freePort());
        pidFiles.add(home.resolve("data/zookeeper_server.pid"));
        return configuration;
    }

    private Running run(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("ZOO_LOG_DIR", directory.resolve("logs").toString());
        List<String> command = new ArrayList<>(List.of(distribution.script().toString()));
        command.addAll(List.of(arguments));
        return Running.start(directory, all, command);
    }

    private String printed(Map<String, String> environment, String... arguments) throws InterruptedException {
        try (Running run = run(environment, arguments)) {
            assertEquals(0, run.exitCode(), run.text());
            return run.text();
        }
    }

    private String assertRun(int exitCode, String expected, String... arguments) throws InterruptedException {
        try (Running run = run(Map.of(), arguments)) {
            assertEquals(exitCode, run.exitCode(), run.text());
            assertTrue(run.text().contains(expected), () -> expected + " is not in:\n" + run.text());
            return run.text();
        }
    }

    private long pid() throws Exception {
        return Long.parseLong(Files.readString(pidFiles.get(0)));
    }

    /** A process that has ended and was not waited for by anybody still has an entry, but no command line any more. */
    private static boolean alive(long pid) throws IOException {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/cmdline")).isEmpty();
        } catch (NoSuchFileException ended) {
            return false;
        }
    }

    /** A daemon tells nobody when it is ready: asks until it answers. */
    private void awaitAnswer() throws Exception {
        String line = Files.readAllLines(directory.resolve("zoo.cfg")).stream()
                .filter(text -> text.startsWith("clientPort="))
                .findFirst()
                .orElseThrow();
        int port = Integer.parseInt(line.substring("clientPort=".length()));
        long deadline = System.nanoTime() + Running.PATIENCE.toNanos();
        while (true) {
            try {
                if (Server.word(port, "srvr").contains("Mode: ")) {
                    return;
                }
            } catch (ConnectException notYet) {
                assertTrue(System.nanoTime() < deadline, "nobody answers on " + port);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }
}
