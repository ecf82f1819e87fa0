package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.server.RawClient.Frame;
import io.zookit.wire.ConnectResponse;
import io.zookit.wire.Xid;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers as their clients see them. */
class EnsembleTest {
    private static final int EPHEMERAL = 1;
    private static final int NODE_DELETED = 2;

    @TempDir
    Path directory;

    private static Frame sync(RawClient client, String path) {
        return client.call(OpCode.SYNC, writer -> writer.writeString(path));
    }

    private static String data(RawClient client, String path) {
        return new String(client.getData(path, false).reader().readBuffer(), StandardCharsets.UTF_8);
    }

    @Test
    void aWriteThroughAnyMemberIsReadAtAnyOtherAfterASync() {
        try (TestEnsemble ensemble = TestEnsemble.start(directory, 3, "plugin.storage", "memory")) {
            for (int writing = 0; writing < 3; writing++) {
                String path = "/of-" + writing;
                try (RawClient writer = RawClient.open(ensemble.address(writing))) {
                    assertEquals(0, writer.create(path, "written", 0).error());
                    assertEquals("written", data(writer, path), "one reads what one has written, without a sync");
                }
                for (int reading = 0; reading < 3; reading++) {
                    try (RawClient reader = RawClient.open(ensemble.address(reading))) {
                        assertEquals(0, sync(reader, path).error());
                        assertEquals("written", data(reader, path));
                    }
                }
            }
        }
    }

    @Test
    void aFollowerAnswersInOrderAndWithEachRequestsOwnError() {
        try (TestEnsemble ensemble = TestEnsemble.start(directory, 3, "plugin.storage", "memory");
                RawClient client = RawClient.open(ensemble.address(ensemble.follower()))) {
            client.create("/there", "0", 0);
            int rounds = 200;
            for (int round = 0; round < rounds; round++) {
                int number = round;
                client.request(OpCode.SET_DATA, body -> {
                    body.writeString("/there");
                    body.writeBuffer(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
                    body.writeInt(number);
                });
                client.request(OpCode.GET_DATA, body -> {
                    body.writeString("/there");
                    body.writeBoolean(false);
                });
                client.request(OpCode.DELETE, body -> {
                    body.writeString("/absent");
                    body.writeInt(-1);
                });
                client.request(OpCode.SET_DATA, body -> body.writeString("/there"));
            }
            for (int round = 0; round < rounds; round++) {
                assertEquals(0, client.read().error());
                assertEquals(
                        Integer.toString(round),
                        new String(client.read().reader().readBuffer(), StandardCharsets.UTF_8));
                assertEquals(ErrorCode.NO_NODE.code(), client.read().error());
                assertEquals(ErrorCode.MARSHALLING_ERROR.code(), client.read().error());
            }
        }
    }

    @Test
    void aSessionMovesWithItsEphemeralsAndIsAtOneServerOnly() {
        try (TestEnsemble ensemble = TestEnsemble.start(directory, 3, "plugin.storage", "memory");
                RawClient first = RawClient.open(ensemble.address(ensemble.follower()));
                RawClient second = RawClient.connect(ensemble.address(ensemble.otherFollower()));
                RawClient third = RawClient.connect(ensemble.address(ensemble.leader()))) {
            first.create("/mine", "", EPHEMERAL);
            ConnectResponse session = first.session();
            assertEquals(
                    session.sessionId(),
                    second.handshake(0, 10_000, session.sessionId(), session.password())
                            .sessionId());
            assertEquals(
                    ErrorCode.SESSION_MOVED.code(), first.create("/late", "", 0).error());
            assertEquals(0, second.create("/second", "", EPHEMERAL).error());
            assertEquals(
                    session.sessionId(),
                    third.handshake(0, 10_000, session.sessionId(), session.password())
                            .sessionId());
            assertEquals(
                    ErrorCode.SESSION_MOVED.code(),
                    second.create("/late", "", 0).error());
            assertEquals(0, third.exists("/mine", false).error());
            assertEquals(0, third.call(OpCode.CLOSE_SESSION, body -> {}).error());
            try (RawClient other = RawClient.open(ensemble.address(ensemble.follower()))) {
                sync(other, "/");
                assertEquals(
                        ErrorCode.NO_NODE.code(), other.exists("/mine", false).error());
                assertEquals(
                        ErrorCode.NO_NODE.code(), other.exists("/second", false).error());
                assertEquals(
                        ErrorCode.NO_NODE.code(), other.exists("/late", false).error());
            }
        }
    }

    @Test
    void aWrongPasswordOrAnUnknownSessionIsRefusedByAFollower() {
        try (TestEnsemble ensemble = TestEnsemble.start(directory, 3, "plugin.storage", "memory");
                RawClient owner = RawClient.open(ensemble.address(0));
                RawClient guessing = RawClient.connect(ensemble.address(ensemble.follower()));
                RawClient inventing = RawClient.connect(ensemble.address(ensemble.follower()))) {
            ConnectResponse session = owner.session();
            assertEquals(
                    0,
                    guessing.handshake(0, 10_000, session.sessionId(), new byte[16])
                            .timeoutMillis());
            assertTrue(guessing.isClosedByServer());
            assertEquals(0, inventing.handshake(0, 10_000, 77, new byte[16]).timeoutMillis());
        }
    }

    @Test
    void aSilentSessionOfAFollowerExpiresAndOneThatPingsDoesNot() {
        try (TestEnsemble ensemble = TestEnsemble.start(directory, 3, "plugin.storage", "memory");
                RawClient silent = RawClient.connect(ensemble.address(ensemble.follower()));
                RawClient pinging = RawClient.connect(ensemble.address(ensemble.otherFollower()))) {
            silent.handshake(0, 1_000, 0, new byte[16]);
            silent.create("/silent", "", EPHEMERAL);
            pinging.handshake(0, 1_000, 0, new byte[16]);
            pinging.create("/pinging", "", EPHEMERAL);
            sync(pinging, "/silent");
            assertEquals(0, pinging.exists("/silent", true).error());
            Frame event;
            do {
                pinging.request(OpCode.PING, body -> {});
                event = pinging.read();
            } while (event.xid() == Xid.PING);
            assertEquals(Xid.NOTIFICATION, event.xid());
            assertEquals(NODE_DELETED, event.reader().readInt());
            assertEquals(Xid.PING, pinging.read().xid());
            assertEquals(0, pinging.exists("/pinging", false).error());
            assertTrue(silent.isClosedByServer(), "its server closes the connection of a session that is over");
        }
    }

    @Test
    void whenTheLeaderStopsAnotherLeadsAndSessionsGoOn() {
        try (TestEnsemble ensemble = TestEnsemble.start(directory, 3)) {
            int leader = ensemble.leader();
            int follower = ensemble.follower();
            ConnectResponse session;
            try (RawClient client = RawClient.open(ensemble.address(follower))) {
                client.create("/mine", "kept", EPHEMERAL);
                session = client.session();
                ensemble.stop(leader);
                assertTrue(client.isClosedByServer(), "a client is let go when there is no leader");
            }
            ensemble.awaitServing();
            assertNotEquals(leader, ensemble.leader());
            try (RawClient again = RawClient.connect(ensemble.address(follower))) {
                assertEquals(
                        session.sessionId(),
                        again.handshake(0, 10_000, session.sessionId(), session.password())
                                .sessionId());
                assertEquals("kept", data(again, "/mine"));
                assertEquals(0, again.create("/more", "", 0).error());
                ensemble.start(leader);
                ensemble.awaitServing();
                try (RawClient back = RawClient.open(ensemble.address(leader))) {
                    assertEquals(0, sync(back, "/").error());
                    assertEquals("kept", data(back, "/mine"));
                    assertEquals(0, back.exists("/more", false).error());
                }
            }
        }
    }

    @Test
    void withoutAQuorumNobodyIsServedUntilThereIsOneAgain() {
        try (TestEnsemble ensemble = TestEnsemble.start(directory, 3)) {
            try (RawClient client = RawClient.open(ensemble.address(0))) {
                client.create("/before", "", 0);
            }
            ensemble.stop(1);
            ensemble.stop(2);
            ensemble.awaitAnswer(0, "srvr", "This ZooKeeper instance is not currently serving requests");
            assertEquals("null", ensemble.ask(0, "isro"));
            assertEquals("imok", ensemble.ask(0, "ruok"));
            try (RawClient refused = RawClient.connect(ensemble.address(0))) {
                refused.send(body -> {
                    body.writeInt(0);
                    body.writeLong(0);
                    body.writeInt(10_000);
                    body.writeLong(0);
                    body.writeBuffer(new byte[16]);
                    body.writeBoolean(false);
                });
                assertTrue(refused.isClosedByServer());
            }
            ensemble.start(2);
            ensemble.awaitServing();
            try (RawClient client = RawClient.open(ensemble.address(2))) {
                sync(client, "/");
                assertEquals(0, client.exists("/before", false).error());
            }
        }
    }

    @Test
    void everySessionThatWritesAtOnceIsKnownToTheLeader() {
        try (TestEnsemble ensemble = TestEnsemble.start(directory, 3)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            for (int number = 0; number < 50 || System.nanoTime() < end; number++) {
                try (RawClient client = RawClient.open(ensemble.address(number % 3))) {
                    assertEquals(
                            0, client.create("/by-" + number, "", EPHEMERAL).error());
                    assertEquals(
                            0, client.call(OpCode.CLOSE_SESSION, body -> {}).error());
                }
            }
        } catch (UncheckedIOException lost) {
            throw new AssertionError("a server has closed a connection", lost);
        }
    }
}
