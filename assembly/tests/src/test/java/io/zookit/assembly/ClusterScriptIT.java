package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static io.zookit.assembly.Client.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ensemble on one machine by one command: zkCluster.sh. */
class ClusterScriptIT {
    private static final int SERVERS = 3;

    @TempDir
    Path directory = Path.of("");

    /** Daemons are no children of the test: whatever a failed test has left is ended here. */
    @AfterEach
    void endLeftDaemons() throws IOException {
        for (int number = 1; number <= SERVERS; number++) {
            Path file = home().resolve(number + "/server.pid");
            if (Files.exists(file)) {
                ProcessHandle.of(Long.parseLong(Files.readString(file))).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private Path home() {
        return directory.resolve("a cluster");
    }

    @Test
    void threeServersOnOneMachineByOneCommandSurviveTheLossOfOne() throws Exception {
        int port = freePorts(3 * SERVERS);
        String started = run(
                0,
                "start",
                "--client-port",
                Integer.toString(port),
                "--quorum-port",
                Integer.toString(port + SERVERS),
                "--election-port",
                Integer.toString(port + 2 * SERVERS));
        String connectString = "127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d".formatted(port, port + 1, port + 2);
        assertTrue(started.contains("connect to " + connectString), started);
        assertEquals(1, count("server [123] .* leader", started), started);
        assertEquals(2, count("server [123] .* follower", started), started);

        try (Client client = Client.connect(connectString)) {
            client.zk().create("/kept", bytes("yes"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
        String leader = leader(started);
        assertTrue(run(0, "kill", leader).contains("server " + leader + ": killed"));
        Waiting.until(() -> !leader(run(-1, "status")).isEmpty(), () -> "another server leads");
        String status = run(0, "status");
        assertTrue(status.contains("does not serve clients"), status);

        String back = run(0, "start", leader);
        assertEquals(2, count("server [123] .* follower", back), back);
        try (Client client = Client.connect("127.0.0.1:" + (port + Integer.parseInt(leader) - 1))) {
            client.zk().sync("/kept", null, null);
            assertEquals("yes", text(client.zk().getData("/kept", false, null)));
        }
        String again = run(0, "restart", leader);
        assertEquals(1, count("server " + leader + ": .*STOPPED", again), again);
        run(0, "stop");
        assertFalse(Files.exists(home().resolve("1/server.pid")));
        run(1, "status");
    }

    @Test
    void whatCannotBeMeantIsSaidAndChangesNothing() throws Exception {
        assertTrue(run(2).contains("There is no verb"));
        assertTrue(run(2, "begin").contains("begin is no verb"));
        assertTrue(run(2, "status").contains("holds no servers: start makes them"));
        assertTrue(run(2, "start", "--servers", "many").contains("--servers needs a number"));
        assertTrue(run(2, "start", "--servers", "1").contains("One server is no ensemble"));
        assertTrue(run(2, "start", "now").contains("now is neither an option nor the number of a server"));
        assertFalse(Files.exists(home()));
    }

    private static String leader(String status) {
        Matcher line = Pattern.compile("server ([123]) .* leader").matcher(status);
        return line.find() ? line.group(1) : "";
    }

    private static int count(String regex, String text) {
        return (int) Pattern.compile(regex).matcher(text).results().count();
    }

    /** Runs the script for this directory; any exit code is right when -1 is expected. */
    private String run(int expected, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Distribution.built().directory().resolve("bin/zkCluster.sh").toString());
        command.addAll(List.of(arguments));
        if (arguments.length > 0) {
            command.addAll(List.of("--dir", home().toString()));
        }
        try (Running script = Running.start(directory, Map.of(), command)) {
            int code = script.exitCode();
            if (expected >= 0) {
                assertEquals(expected, code, script::text);
            }
            return script.text();
        }
    }

    /** The first of so many ports in a row that nobody listens on, below those that the system gives to outgoing connections. */
    private static int freePorts(int count) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(12_000, 32_000 - count);
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IllegalStateException("no free ports between 12000 and 32000");
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
