package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.server.RawClient.Frame;
import io.zookit.wire.JuteWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after a restart, whichever way the state comes back. */
class DurabilityTest {
    @TempDir
    Path directory;

    @Test
    void everythingIsThereAfterARestart() {
        byte[] before;
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "1", 0);
            client.create("/a/b", "2", 0);
            client.setData("/a", "3", 0);
            client.setData("/a", "4", 1);
            assertEquals(
                    ErrorCode.BAD_VERSION.code(), client.setData("/a", "5", 7).error());
            client.create("/gone", "", 0);
            client.call(OpCode.DELETE, writer -> {
                writer.writeString("/gone");
                writer.writeInt(-1);
            });
            before = client.getData("/a", false).body();
        }
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address())) {
            assertSameBytes(before, client.getData("/a", false).body());
            assertEquals(ErrorCode.NO_NODE.code(), client.exists("/gone", false).error());
        }
    }

    @Test
    void aSessionAndItsEphemeralsSurviveARestart() {
        long session;
        byte[] password;
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address())) {
            client.create("/eph", "x", 1);
            session = client.session().sessionId();
            password = client.session().password();
        }
        try (TestServer server = TestServer.start(directory);
                RawClient again = RawClient.connect(server.address())) {
            assertEquals(session, again.handshake(0, 10_000, session, password).sessionId());
            assertEquals(0, again.exists("/eph", false).error());
            assertEquals(0, again.call(OpCode.CLOSE_SESSION, writer -> {}).error());
            try (RawClient other = RawClient.open(server.address())) {
                assertEquals(
                        ErrorCode.NO_NODE.code(), other.exists("/eph", false).error());
            }
        }
    }

    @Test
    void snapshotsAreTakenWhileWritesGoOnAndGiveTheSameStateBack() throws IOException {
        int writes = 3_000;
        try (TestServer server = start("snapCount", "500");
                RawClient client = RawClient.open(server.address())) {
            client.create("/n", "", 0);
            for (int i = 0; i < writes; i++) {
                client.request(OpCode.CREATE, creating("/n/" + i));
            }
            for (int i = 0; i < writes; i++) {
                assertEquals(0, client.read().error());
            }
            awaitSnapshots(client, 1);
        }
        try (TestServer server = start("snapCount", "500");
                RawClient client = RawClient.open(server.address())) {
            for (int i = 0; i < writes; i += 97) {
                assertEquals(0, client.exists("/n/" + i, false).error(), "/n/" + i);
            }
            Frame children = client.call(OpCode.GET_CHILDREN, writer -> {
                writer.writeString("/n");
                writer.writeBoolean(false);
            });
            assertEquals(writes, children.reader().readInt());
        }
    }

    @Test
    void aDamagedNewestSnapshotFallsBackToAnOlderOneAndTheLog() throws IOException {
        for (int round = 0; round < 3; round++) {
            try (TestServer server = start("snapCount", "100");
                    RawClient client = RawClient.open(server.address())) {
                for (int i = 0; i < 400; i++) {
                    client.create("/" + round + "-" + i, "x", 0);
                }
                awaitSnapshots(client, round + 1);
            }
        }
        Path newest = newest("snapshot\\.");
        byte[] bytes = Files.readAllBytes(newest);
        for (int at = bytes.length / 3; at < bytes.length / 3 + 512; at++) {
            bytes[at] ^= 0x55;
        }
        Files.write(newest, bytes);
        try (TestServer server = start("snapCount", "100");
                RawClient client = RawClient.open(server.address())) {
            for (int round = 0; round < 3; round++) {
                assertEquals(0, client.exists("/" + round + "-399", false).error());
            }
        }
    }

    @Test
    void aDirectoryWithApachesDataAndNoneOfOursIsRefused() throws IOException {
        Path foreign = Files.createDirectories(directory.resolve("version-2"));
        Files.writeString(foreign.resolve("log.1"), "ZKLG", StandardCharsets.US_ASCII);
        DataDirectoryException refusal = assertThrows(
                DataDirectoryException.class, () -> TestServer.start(directory).close());
        assertTrue(refusal.getMessage().contains(foreign.toAbsolutePath().toString()), refusal.getMessage());
    }

    private TestServer start(String... keysAndValues) {
        return TestServer.start(directory, keysAndValues);
    }

    private static Consumer<JuteWriter> creating(String path) {
        return writer -> {
            writer.writeString(path);
            writer.writeBuffer(new byte[10]);
            writer.writeAcls(Acl.OPEN_UNSAFE);
            writer.writeInt(0);
        };
    }

    /** Snapshots are written beside the requests; a client that goes on asking waits for them. */
    private void awaitSnapshots(RawClient client, int count) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (count("snapshot\\.") < count) {
            assertTrue(System.nanoTime() < deadline, "a snapshot was written");
            client.call(OpCode.PING, writer -> {});
        }
    }

    /** A listing, not a walk: that would look at each file, and some go at any time. */
    private long count(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("mapdb-1"))) {
            return files.filter(file -> file.getFileName().toString().matches(prefix + "[0-9a-f]{16}"))
                    .count();
        }
    }

    private Path newest(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(prefix + "[0-9a-f]{16}"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()))
                    .orElseThrow();
        }
    }

    private static void assertSameBytes(byte[] expected, byte[] actual) {
        assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(actual));
    }
}
