package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.server.RawClient.Frame;
import io.zookit.wire.JuteReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of an ensemble's members, and how they change them. */
@Timeout(180)
class ReconfigurationTest {
    private static final String CONFIG = "/zookeeper/config";

    @TempDir
    private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<TestServer> servers = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private void startThree(String reconfigEnabled, String roleOfTheThird) throws Exception {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        for (int id = 1; id <= 3; id++) {
            int quorumPort = sockets.get(2 * id - 2).getLocalPort();
            int electionPort = sockets.get(2 * id - 1).getLocalPort();
            String role = id == 3 ? roleOfTheThird : "participant";
            lines.add("server.%d=127.0.0.1:%d:%d:%s".formatted(id, quorumPort, electionPort, role));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        for (int id = 1; id <= 3; id++) {
            Path data = Files.createDirectories(directory.resolve("server-" + id));
            Files.writeString(data.resolve("myid"), String.valueOf(id));
            List<String> settings = new ArrayList<>(List.of(
                    "tickTime", "200", "initLimit", "50", "syncLimit", "15", "reconfigEnabled", reconfigEnabled));
            settings.addAll(List.of("DigestAuthenticationProvider.superDigest", "root:" + hash("root:toor")));
            for (String line : lines) {
                settings.addAll(List.of(line.split("=", 2)));
            }
            TestServer server = TestServer.start(data, settings.toArray(String[]::new));
            open.add(server);
            servers.add(server);
        }
    }

    private static String hash(String credentials) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(credentials.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(hash);
    }

    private static void until(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "in vain waited until " + what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** A client of one of the servers, once it serves. */
    private RawClient client(int id) {
        List<RawClient> connected = new ArrayList<>();
        until(
                () -> {
                    RawClient client = RawClient.connect(servers.get(id - 1).address());
                    try {
                        client.handshake(0, 10_000, 0, new byte[16]);
                        return connected.add(client);
                    } catch (UncheckedIOException refused) {
                        client.close();
                        return false;
                    }
                },
                "server " + id + " serves");
        open.add(connected.get(0));
        return connected.get(0);
    }

    private RawClient superuser(int id) {
        RawClient client = client(id);
        client.send(writer -> {
            writer.writeInt(-4);
            writer.writeInt(OpCode.AUTH.code());
            writer.writeInt(0);
            writer.writeString("digest");
            writer.writeBuffer("root:toor".getBytes(StandardCharsets.UTF_8));
        });
        assertEquals(0, client.read().error());
        return client;
    }

    private static Frame reconfigure(
            RawClient client, @Nullable String joining, @Nullable String leaving, @Nullable String all, long version) {
        return client.call(OpCode.RECONFIG, writer -> {
            writer.writeString(joining);
            writer.writeString(leaving);
            writer.writeString(all);
            writer.writeLong(version);
        });
    }

    private static void assertError(ErrorCode expected, Frame reply) {
        assertEquals(expected.code(), reply.error());
        assertEquals(0, reply.body().length);
    }

    @Test
    void membersChangeThroughAnyServerAndEverybodySeesIt() throws Exception {
        startThree("true", "participant");
        for (int id = 1; id <= 3; id++) {
            RawClient root = superuser(id);
            Frame reply = reconfigure(root, null, null, null, -1);
            assertEquals(0, reply.error(), "through server " + id);
            JuteReader body = reply.reader();
            String text = new String(body.readBuffer(), StandardCharsets.UTF_8);
            body.readLong();
            assertEquals(reply.zxid(), body.readLong(), "mzxid");
            body.readLong();
            body.readLong();
            assertEquals(-1, body.readInt(), "version");
            assertEquals(String.join("\n", lines) + "\nversion=" + Long.toHexString(reply.zxid()), text);
            assertEquals(text, new String(root.getData(CONFIG, false).reader().readBuffer(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void onlyWhoMayWriteTheConfigurationChangesItAndWatchersHear() throws Exception {
        startThree("true", "observer");
        RawClient watcher = client(1);
        Frame seen = watcher.getData(CONFIG, true);
        String before = new String(seen.reader().readBuffer(), StandardCharsets.UTF_8);
        assertTrue(before.matches("(?s).*version=[1-9a-f][0-9a-f]*00000000"), before);

        RawClient stranger = client(2);
        assertError(ErrorCode.NO_AUTH, reconfigure(stranger, null, "3", null, -1));
        RawClient root = superuser(2);
        assertError(ErrorCode.BAD_VERSION, reconfigure(root, null, "3", null, 77));
        assertError(ErrorCode.BAD_ARGUMENTS, reconfigure(root, "server.4=nonsense", null, null, -1));
        assertError(ErrorCode.BAD_ARGUMENTS, reconfigure(root, null, "2,3", null, -1));
        assertError(
                ErrorCode.NEW_CONFIG_NO_QUORUM,
                reconfigure(root, null, null, "server.7=127.0.0.1:1:2,server.8=127.0.0.1:3:4", -1));
        // What was refused is as good as never asked for.
        long version = Long.parseLong(before.substring(before.lastIndexOf('=') + 1), 16);
        assertEquals(0, reconfigure(root, null, "3", null, version).error());
        assertEquals(-1, watcher.read().xid(), "the watch fires");
        String after = new String(watcher.getData(CONFIG, false).reader().readBuffer(), StandardCharsets.UTF_8);
        assertTrue(after.startsWith(lines.get(0) + "\n" + lines.get(1) + "\nversion="), after);
        assertEquals(0, root.create("/still-here", "x", 0).error());
    }

    @Test
    void whoHasNoEnsembleOrNoReconfigurationSaysSo() throws IOException {
        for (String enabled : List.of("false", "true")) {
            try (TestServer alone = TestServer.start(directory.resolve(enabled), "reconfigEnabled", enabled);
                    RawClient client = RawClient.open(alone.address())) {
                assertError(
                        enabled.equals("true") ? ErrorCode.UNIMPLEMENTED : ErrorCode.RECONFIG_DISABLED,
                        reconfigure(client, null, "3", null, -1));
            }
        }
    }

    @Test
    void withoutReconfigurationTheMembersAreShownAllTheSame() throws Exception {
        startThree("false", "participant");
        RawClient root = superuser(1);
        assertError(ErrorCode.RECONFIG_DISABLED, reconfigure(root, null, "3", null, -1));
        assertEquals(
                String.join("\n", lines) + "\nversion=0",
                new String(root.getData(CONFIG, false).reader().readBuffer(), StandardCharsets.UTF_8));
    }
}
