package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.kernel.StartException;
import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.server.RawClient.Frame;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to clients who want more than they may have. */
class LimitsTest {
    private static final int EXCEEDED = ErrorCode.QUOTA_EXCEEDED.code();
    private static final int THROTTLED = ErrorCode.THROTTLED_OP.code();
    private static final int CONTAINER = 4;
    private static final int EPHEMERAL = 1;

    @TempDir
    Path directory;

    @Test
    void connectionsAboveTheLimitAreClosedAndLeaveRoomWhenOthersGo() {
        try (TestServer server = TestServer.start(directory, "maxClientCnxns", "2");
                RawClient first = RawClient.open(server.address())) {
            RawClient second = RawClient.open(server.address());
            try (RawClient third = RawClient.connect(server.address())) {
                assertTrue(third.isClosedByServer());
            }
            assertEquals(0, first.create("/a", "", 0).error());
            second.close();
            comeBack(server);
        }
    }

    /** The server hears of a closed connection some time after it was closed. */
    private static void comeBack(TestServer server) {
        for (int i = 0; i < 1_000; i++) {
            try (RawClient again = RawClient.connect(server.address())) {
                again.handshake(0, 10_000, 0, new byte[16]);
                return;
            } catch (UncheckedIOException stillClosed) {
                // Refused as long as the other counts.
            }
        }
        throw new AssertionError("no room after a connection was closed");
    }

    @Test
    void connectionsInTotalAreLimitedToo() {
        try (TestServer server = TestServer.start(directory, "maxCnxns", "1");
                RawClient first = RawClient.open(server.address());
                RawClient second = RawClient.connect(server.address())) {
            assertTrue(second.isClosedByServer());
            assertEquals(0, first.create("/a", "", 0).error());
        }
    }

    @Test
    void withoutATokenAConnectRequestIsClosed() {
        try (TestServer server = TestServer.start(
                        directory, "connection_throttle_tokens", "2", "connection_throttle_fill_time", "100000000");
                RawClient first = RawClient.open(server.address());
                RawClient second = RawClient.open(server.address());
                RawClient third = RawClient.connect(server.address())) {
            assertThrows(UncheckedIOException.class, () -> third.handshake(0, 10_000, 0, new byte[16]));
            assertEquals(0, first.create("/a", "", 0).error());
            assertEquals(0, second.exists("/a", false).error());
        }
    }

    @Test
    void watchesOfOneConnectionAreLimitedAndCanBeSetAgain() {
        try (TestServer server = TestServer.start(directory, "limits.watchesPerConnection", "2");
                RawClient client = RawClient.open(server.address());
                RawClient other = RawClient.open(server.address())) {
            client.create("/a", "", 0);
            assertEquals(0, client.getData("/a", true).error());
            assertEquals(ErrorCode.NO_NODE.code(), client.exists("/b", true).error());
            assertEquals(EXCEEDED, client.exists("/c", true).error());
            assertEquals(EXCEEDED, addWatch(client, "/c").error());
            assertEquals(EXCEEDED, children(client, "/").error());
            assertEquals(0, client.getData("/a", true).error(), "it has this one already");
            assertEquals(0, client.getData("/a", false).error());
            assertEquals(0, other.getData("/a", true).error());
            client.setData("/a", "x", -1);
            assertEquals(0, addWatch(client, "/c").error(), "one of them has fired");
        }
    }

    private static Frame addWatch(RawClient client, String path) {
        return client.call(OpCode.ADD_WATCH, writer -> {
            writer.writeString(path);
            writer.writeInt(0);
        });
    }

    private static Frame children(RawClient client, String path) {
        return client.call(OpCode.GET_CHILDREN, writer -> {
            writer.writeString(path);
            writer.writeBoolean(true);
        });
    }

    @Test
    void ephemeralsOfOneSessionAreLimited() {
        try (TestServer server = TestServer.start(directory, "limits.ephemeralsPerSession", "2");
                RawClient client = RawClient.open(server.address());
                RawClient other = RawClient.open(server.address())) {
            assertEquals(0, client.create("/a", "", EPHEMERAL).error());
            assertEquals(0, client.create("/b", "", EPHEMERAL).error());
            assertEquals(EXCEEDED, client.create("/c", "", EPHEMERAL).error());
            assertEquals(0, client.create("/c", "", 0).error());
            assertEquals(0, other.create("/d", "", EPHEMERAL).error());
            client.call(OpCode.DELETE, writer -> {
                writer.writeString("/a");
                writer.writeInt(-1);
            });
            assertEquals(0, client.create("/e", "", EPHEMERAL).error());
        }
    }

    @Test
    void clientsWithoutARequiredSchemeAreTurnedAwayUntilTheyAuthenticate() {
        try (TestServer server =
                TestServer.start(directory, "enforce.auth.enabled", "true", "enforce.auth.schemes", "digest")) {
            try (RawClient stranger = RawClient.open(server.address())) {
                Frame reply = stranger.exists("/", false);
                assertEquals(ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH.code(), reply.error());
                assertEquals(0, reply.zxid());
                assertTrue(stranger.isClosedByServer());
            }
            try (RawClient stranger = RawClient.open(server.address())) {
                stranger.request(OpCode.PING, writer -> {});
                assertEquals(
                        ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH.code(),
                        stranger.read().error());
            }
            try (RawClient known = RawClient.open(server.address())) {
                authenticate(known);
                assertEquals(0, known.create("/a", "", 0).error());
            }
        }
    }

    private static void authenticate(RawClient client) {
        client.send(writer -> {
            writer.writeInt(-4);
            writer.writeInt(OpCode.AUTH.code());
            writer.writeInt(0);
            writer.writeString("digest");
            writer.writeBuffer("alice:secret".getBytes(StandardCharsets.UTF_8));
        });
        assertEquals(0, client.read().error());
    }

    @Test
    void aSchemeThatNobodyHasCannotBeRequired() {
        for (String[] lines : new String[][] {
            {"sessionRequireClientSASLAuth", "true"},
            {"enforce.auth.enabled", "true", "enforce.auth.schemes", "digest,kerberus"},
            {"enforce.auth.enabled", "true"}
        }) {
            assertThrows(StartException.class, () -> TestServer.start(directory, lines)
                    .close());
        }
    }

    @Test
    void belowTheFloorOfFreeSpaceOnlyWhatMakesRoomIsWritten() {
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "", 0);
            client.create("/b", "", 0);
        }
        try (TestServer server =
                        TestServer.start(directory, "limits.freeSpaceFloorBytes", Long.toString(Long.MAX_VALUE - 1));
                RawClient client = RawClient.open(server.address())) {
            assertEquals(THROTTLED, client.create("/c", "", 0).error());
            assertEquals(THROTTLED, client.setData("/a", "", -1).error());
            assertEquals(0, client.exists("/a", true).error());
            long zxid = client.exists("/a", false).zxid();
            assertEquals(THROTTLED, client.create("/c", "", 0).error());
            assertEquals(zxid, client.exists("/a", false).zxid(), "no transaction was made of it");
            Frame deleted = client.call(OpCode.DELETE, writer -> {
                writer.writeString("/b");
                writer.writeInt(-1);
            });
            assertEquals(0, deleted.error());
            assertEquals(0, client.call(OpCode.CLOSE_SESSION, writer -> {}).error());
        }
    }

    @Test
    void aContainerGoesAfterItsLastChild() {
        try (TestServer server = TestServer.start(directory, "znode.container.checkIntervalMs", "20");
                RawClient client = RawClient.open(server.address())) {
            client.call(OpCode.CREATE_CONTAINER, writer -> {
                writer.writeString("/c");
                writer.writeBuffer(new byte[0]);
                writer.writeAcls(Acl.OPEN_UNSAFE);
                writer.writeInt(CONTAINER);
            });
            client.create("/c/child", "", 0);
            client.exists("/c", true);
            client.request(OpCode.DELETE, writer -> {
                writer.writeString("/c/child");
                writer.writeInt(-1);
            });
            assertEquals(0, client.read().error());
            assertEquals(-1, client.read().xid(), "the watch hears that the container has gone");
            assertEquals(ErrorCode.NO_NODE.code(), client.exists("/c", false).error());
        }
    }
}
