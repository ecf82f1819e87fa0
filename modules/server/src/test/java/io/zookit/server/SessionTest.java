package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.server.RawClient.Frame;
import io.zookit.wire.ConnectResponse;
import io.zookit.wire.JuteReader;
import io.zookit.wire.Xid;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
    private static final int NODE_DELETED = 2;

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(directory, "tickTime", "100", "maxSessionTimeout", "20000");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anEphemeralGoesWhenItsSessionExpiresAndNotWithItsConnection() {
        ConnectResponse session;
        try (RawClient owner = RawClient.connect(server.address())) {
            session = owner.handshake(0, 1_000, 0, new byte[16]);
            owner.create("/eph", "", 1);
        }
        try (RawClient watcher = RawClient.open(server.address())) {
            try (RawClient again = RawClient.connect(server.address())) {
                assertEquals(
                        session.sessionId(),
                        again.handshake(0, 1_000, session.sessionId(), session.password())
                                .sessionId());
            }
            assertEquals(0, watcher.exists("/eph", true).error(), "the session lives, and so does its znode");
            assertEvent(watcher.read(), NODE_DELETED, "/eph");
            try (RawClient late = RawClient.connect(server.address())) {
                assertEquals(
                        0,
                        late.handshake(0, 1_000, session.sessionId(), session.password())
                                .timeoutMillis());
            }
        }
    }

    @Test
    void aClientThatPingsDoesNotExpire() {
        try (RawClient client = RawClient.connect(server.address())) {
            assertEquals(200, client.handshake(0, 1, 0, new byte[16]).timeoutMillis(), "two ticks are the least");
            client.create("/mine", "", 1);
            long until = System.nanoTime() + 1_500_000_000L;
            while (System.nanoTime() < until) {
                assertEquals(Xid.PING, client.call(OpCode.PING, writer -> {}).xid());
            }
            assertEquals(0, client.exists("/mine", false).error());
        }
    }

    @Test
    void theTimeoutIsNegotiatedWithinTheBounds() {
        try (RawClient client = RawClient.connect(server.address())) {
            assertEquals(
                    20_000,
                    client.handshake(0, Integer.MAX_VALUE, 0, new byte[16]).timeoutMillis());
        }
        try (RawClient client = RawClient.connect(server.address())) {
            assertEquals(200, client.handshake(0, -5, 0, new byte[16]).timeoutMillis());
        }
    }

    @Test
    void aNewConnectionTakesTheSessionFromTheOldOne() {
        try (RawClient first = RawClient.open(server.address());
                RawClient second = RawClient.connect(server.address())) {
            ConnectResponse session = first.session();
            assertEquals(
                    session.sessionId(),
                    second.handshake(0, 10_000, session.sessionId(), session.password())
                            .sessionId());
            assertTrue(first.isClosedByServer());
            assertEquals(0, second.create("/still-mine", "", 1).error());
        }
    }

    @Test
    void closingASessionRemovesItsEphemeralsBeforeTheReply() {
        try (RawClient observer = RawClient.open(server.address());
                RawClient owner = RawClient.open(server.address())) {
            owner.create("/a", "", 1);
            owner.create("/b-", "", 3);
            assertEquals(0, owner.call(OpCode.CLOSE_SESSION, writer -> {}).error());
            assertTrue(owner.isClosedByServer());
            assertEquals(ErrorCode.NO_NODE.code(), observer.exists("/a", false).error());
            assertEquals(
                    ErrorCode.NO_NODE.code(),
                    observer.exists("/b-0000000001", false).error());
        }
    }

    @Test
    void passwordsDifferAndCannotBeWorkedOutFromTheId() {
        try (RawClient one = RawClient.open(server.address());
                RawClient two = RawClient.open(server.address())) {
            assertNotEquals(one.session().sessionId(), two.session().sessionId());
            assertFalse(Arrays.equals(one.session().password(), two.session().password()));
            byte[] guess = new byte[16];
            new Random(one.session().sessionId() ^ 0xB3415C00L).nextBytes(guess);
            assertFalse(Arrays.equals(guess, one.session().password()));
        }
    }

    private static void assertEvent(Frame frame, int type, String path) {
        assertEquals(Xid.NOTIFICATION, frame.xid());
        JuteReader event = frame.reader();
        assertEquals(type, event.readInt());
        assertEquals(3, event.readInt());
        assertEquals(path, event.readString());
    }
}
