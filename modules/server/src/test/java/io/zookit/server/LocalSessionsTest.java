package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.server.RawClient.Frame;
import io.zookit.wire.ConnectResponse;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that one server of three knows, as their clients see them. */
class LocalSessionsTest {
    private static final int PERSISTENT = 0;
    private static final int EPHEMERAL = 1;
    private static final int ERROR = -1;
    private static final int CREATE_RESULT = 1;

    @TempDir
    Path directory;

    private TestEnsemble start(boolean upgrading) {
        return start(upgrading, "memory");
    }

    private TestEnsemble start(boolean upgrading, String storage) {
        TestEnsemble ensemble = TestEnsemble.start(
                directory,
                3,
                "plugin.storage",
                storage,
                "localSessionsEnabled",
                "true",
                "localSessionsUpgradingEnabled",
                Boolean.toString(upgrading));
        try (RawClient first = RawClient.open(ensemble.address(0))) {
            // The first zxid of an epoch is no neighbour of the last one before it.
            assertEquals(0, first.create("/first", "", PERSISTENT).error());
            close(first);
        }
        ensemble.awaitAnswer(0, "mntr", "zk_local_sessions\t0\n");
        return ensemble;
    }

    private static Frame sync(RawClient client) {
        return client.call(OpCode.SYNC, writer -> writer.writeString("/"));
    }

    /** The newest zxid that anybody has. */
    private static long zxid(RawClient client) {
        sync(client);
        return client.exists("/", false).zxid();
    }

    private static Frame close(RawClient client) {
        return client.call(OpCode.CLOSE_SESSION, body -> {});
    }

    private static void create(JuteWriter body, String path, int flags) {
        body.writeString(path);
        body.writeBuffer(new byte[0]);
        body.writeAcls(Acl.OPEN_UNSAFE);
        body.writeInt(flags);
    }

    private static void header(JuteWriter body, int type, boolean done, int error) {
        body.writeInt(type);
        body.writeBoolean(done);
        body.writeInt(error);
    }

    /** Creates a persistent znode and an ephemeral one, and another. */
    private static Frame multi(RawClient client, String path) {
        return client.call(OpCode.MULTI, body -> {
            for (int part = 0; part < 3; part++) {
                header(body, OpCode.CREATE.code(), false, -1);
                create(body, path + "-" + part, part == 1 ? EPHEMERAL : PERSISTENT);
            }
            header(body, -1, true, -1);
        });
    }

    private static ConnectResponse resume(RawClient client, ConnectResponse session) {
        return client.handshake(0, 10_000, session.sessionId(), session.password());
    }

    @Test
    void beginningReadingAndEndingWriteNothingAnywhere() {
        try (TestEnsemble ensemble = start(false);
                RawClient looking = RawClient.open(ensemble.address(0))) {
            long before = zxid(looking);
            for (int place = 0; place < 3; place++) {
                try (RawClient client = RawClient.open(ensemble.address(place))) {
                    assertEquals(0, client.exists("/", true).error());
                    assertEquals(0, client.getData("/", false).error());
                    String mntr = ensemble.ask(place, "mntr");
                    assertTrue(mntr.contains("zk_local_sessions\t" + (place == 0 ? 2 : 1) + "\n"), mntr);
                    assertTrue(mntr.contains("zk_global_sessions\t0\n"), mntr);
                    assertEquals(before, zxid(client));
                    assertEquals(0, close(client).error());
                    assertTrue(client.isClosedByServer());
                }
                ensemble.awaitAnswer(place, "mntr", "zk_local_sessions\t" + (place == 0 ? 1 : 0) + "\n");
            }
            assertEquals(before, zxid(looking));
        }
    }

    @Test
    void aWriteIsATransactionLikeAnyOther() {
        try (TestEnsemble ensemble = start(false);
                RawClient reader = RawClient.open(ensemble.address(0))) {
            for (int place = 0; place < 3; place++) {
                try (RawClient client = RawClient.open(ensemble.address(place))) {
                    long before = zxid(reader);
                    assertEquals(
                            0, client.create("/by-" + place, "", PERSISTENT).error());
                    assertEquals(0, client.setData("/by-" + place, "x", 0).error());
                    assertEquals(before + 2, zxid(reader));
                    assertEquals(0, reader.exists("/by-" + place, false).error());
                }
            }
        }
    }

    @Test
    void requestsBeforeTheEndAreAnsweredInTheirOrder() {
        try (TestEnsemble ensemble = start(false)) {
            for (int place = 0; place < 3; place++) {
                try (RawClient client = RawClient.open(ensemble.address(place))) {
                    int rounds = 50;
                    for (int round = 0; round < rounds; round++) {
                        String path = "/" + place + "-" + round;
                        client.request(OpCode.CREATE, body -> create(body, path, PERSISTENT));
                        client.request(OpCode.EXISTS, body -> {
                            body.writeString(path);
                            body.writeBoolean(false);
                        });
                    }
                    int last = client.request(OpCode.CLOSE_SESSION, body -> {});
                    for (int round = 0; round < 2 * rounds; round++) {
                        assertEquals(0, client.read().error());
                    }
                    Frame end = client.read();
                    assertEquals(last, end.xid());
                    assertEquals(0, end.error());
                    assertTrue(client.isClosedByServer());
                }
            }
        }
    }

    @Test
    void anEphemeralIsRefusedAtEveryServerWhenSessionsStayLocal() {
        int refused = ErrorCode.EPHEMERAL_ON_LOCAL_SESSION.code();
        try (TestEnsemble ensemble = start(false);
                RawClient looking = RawClient.open(ensemble.address(0))) {
            long before = zxid(looking);
            for (int place = 0; place < 3; place++) {
                try (RawClient client = RawClient.open(ensemble.address(place))) {
                    assertEquals(refused, client.create("/e", "", EPHEMERAL).error());
                    assertEquals(
                            refused,
                            client.call(OpCode.CREATE2, body -> create(body, "/e", EPHEMERAL))
                                    .error());
                    Frame several = multi(client, "/several");
                    assertEquals(0, several.error());
                    JuteReader results = several.reader();
                    int[] expected = {0, refused, ErrorCode.RUNTIME_INCONSISTENCY.code()};
                    for (int error : expected) {
                        assertEquals(ERROR, results.readInt());
                        assertTrue(!results.readBoolean());
                        assertEquals(error, results.readInt());
                        assertEquals(error, results.readInt());
                    }
                    results.readInt();
                    assertTrue(results.readBoolean(), "and that is all");
                    assertEquals(before, zxid(client), "what is refused is no transaction");
                }
            }
        }
    }

    @Test
    void theFirstEphemeralMakesTheSessionKnownToAll() {
        try (TestEnsemble ensemble = start(true)) {
            int leader = ensemble.leader();
            for (int place = 0; place < 3; place++) {
                String path = "/e" + place;
                try (RawClient first = RawClient.open(ensemble.address(place));
                        RawClient second = RawClient.connect(ensemble.address((place + 1) % 3));
                        RawClient other = RawClient.open(ensemble.address((place + 2) % 3))) {
                    long before = zxid(first);
                    assertEquals(0, first.create(path, "", EPHEMERAL).error());
                    assertEquals(before + 2, zxid(first), "createSession, then create");
                    assertEquals(0, first.create(path + "-more", "", EPHEMERAL).error());
                    assertEquals(before + 3, zxid(first));
                    String mntr = ensemble.ask(place, "mntr");
                    assertTrue(mntr.contains("zk_global_sessions\t1\n"), mntr);
                    String dump = ensemble.ask(place, "dump");
                    String ofAll = place == leader ? "\nGlobal Session Sets (1)/(1):\n" : "\nGlobal Sessions(1):\n0x";
                    assertTrue(dump.contains("\nLocal Session Sets (") && dump.contains(ofAll), dump);
                    sync(other);
                    assertEquals(0, other.exists(path, false).error());
                    ConnectResponse session = first.session();
                    ConnectResponse moved = resume(second, session);
                    assertEquals(session.sessionId(), moved.sessionId());
                    if (place == leader) {
                        assertTrue(first.isClosedByServer(), "a leader knows at once");
                    } else {
                        Frame late = first.create(path + "-late", "", EPHEMERAL);
                        assertEquals(ErrorCode.SESSION_MOVED.code(), late.error());
                    }
                    assertEquals(
                            0, second.create(path + "-second", "", EPHEMERAL).error());
                    assertEquals(0, close(second).error());
                    sync(other);
                    assertEquals(
                            ErrorCode.NO_NODE.code(), other.exists(path, false).error());
                    assertEquals(
                            ErrorCode.NO_NODE.code(),
                            other.exists(path + "-second", false).error());
                }
            }
        }
    }

    @Test
    void anEphemeralInAMultiDoesSoToo() {
        try (TestEnsemble ensemble = start(true)) {
            for (int place = 0; place < 3; place++) {
                try (RawClient client = RawClient.open(ensemble.address(place))) {
                    Frame reply = multi(client, "/several-" + place);
                    assertEquals(CREATE_RESULT, reply.reader().readInt());
                    String mntr = ensemble.ask(place, "mntr");
                    assertTrue(mntr.contains("zk_local_sessions\t0\n"), mntr);
                    assertEquals(
                            0, client.exists("/several-" + place + "-1", false).error());
                    close(client);
                }
            }
        }
    }

    @Test
    void aSessionThatEndsWhileItBecomesKnownLeavesNothing() {
        try (TestEnsemble ensemble = start(true)) {
            for (int round = 0; round < 30; round++) {
                int place = round % 3;
                String path = "/brief-" + round;
                try (RawClient client = RawClient.open(ensemble.address(place));
                        RawClient looking = RawClient.open(ensemble.address((place + 1) % 3))) {
                    client.request(OpCode.CREATE, body -> create(body, path, EPHEMERAL));
                    client.request(OpCode.CREATE, body -> create(body, path + "-second", EPHEMERAL));
                    client.request(OpCode.CLOSE_SESSION, body -> {});
                    for (int reply = 0; reply < 3; reply++) {
                        assertEquals(0, client.read().error());
                    }
                    assertTrue(client.isClosedByServer());
                    sync(looking);
                    assertEquals(
                            ErrorCode.NO_NODE.code(),
                            looking.exists(path, false).error());
                    assertEquals(
                            ErrorCode.NO_NODE.code(),
                            looking.exists(path + "-second", false).error());
                    String mntr = ensemble.ask(place, "mntr");
                    assertTrue(mntr.contains("zk_global_sessions\t0\n"), mntr);
                }
            }
        }
    }

    @Test
    void aClientThatIsLostWhileItsSessionBecomesKnownGoesOnAtTheSameServer() {
        try (TestEnsemble ensemble = start(true)) {
            for (int round = 0; round < 30; round++) {
                int place = round % 3;
                String path = "/lost-" + round;
                RawClient lost = RawClient.open(ensemble.address(place));
                lost.request(OpCode.CREATE, body -> create(body, path, EPHEMERAL));
                ConnectResponse session = lost.session();
                try (RawClient again = RawClient.connect(ensemble.address(place))) {
                    if (round % 2 == 0) {
                        lost.close();
                    }
                    assertEquals(session.sessionId(), resume(again, session).sessionId());
                    assertEquals(0, again.create(path + "-again", "", EPHEMERAL).error());
                    assertEquals(0, close(again).error());
                } finally {
                    lost.close();
                }
                try (RawClient looking = RawClient.open(ensemble.address(place))) {
                    sync(looking);
                    assertEquals(
                            ErrorCode.NO_NODE.code(),
                            looking.exists(path, false).error());
                }
            }
        }
    }

    @Test
    void aClientGoesOnAtItsServerAndNowhereElse() {
        try (TestEnsemble ensemble = start(true)) {
            for (int place = 0; place < 3; place++) {
                ConnectResponse session;
                try (RawClient client = RawClient.open(ensemble.address(place))) {
                    session = client.session();
                }
                try (RawClient again = RawClient.connect(ensemble.address(place));
                        RawClient guessing = RawClient.connect(ensemble.address(place))) {
                    assertEquals(
                            0,
                            guessing.handshake(0, 10_000, session.sessionId(), new byte[16])
                                    .timeoutMillis());
                    assertEquals(session.sessionId(), resume(again, session).sessionId());
                    assertEquals(
                            0, again.create("/back-" + place, "", PERSISTENT).error());
                    for (int step = 1; step < 3; step++) {
                        try (RawClient elsewhere = RawClient.connect(ensemble.address((place + step) % 3))) {
                            assertEquals(0, resume(elsewhere, session).timeoutMillis());
                            assertTrue(elsewhere.isClosedByServer());
                        }
                    }
                    assertEquals(0, again.exists("/back-" + place, false).error());
                }
            }
        }
    }

    @Test
    void aSilentSessionIsEndedByItsServerAlone() {
        try (TestEnsemble ensemble = start(true);
                RawClient looking = RawClient.open(ensemble.address(0))) {
            long before = zxid(looking);
            for (int place = 0; place < 3; place++) {
                try (RawClient silent = RawClient.connect(ensemble.address(place));
                        RawClient again = RawClient.connect(ensemble.address(place))) {
                    ConnectResponse session = silent.handshake(0, 300, 0, new byte[16]);
                    assertTrue(silent.isClosedByServer());
                    assertEquals(0, resume(again, session).timeoutMillis());
                }
            }
            assertEquals(before, zxid(looking));
        }
    }

    @Test
    void aSessionThatWasMadeKnownIsEndedByTheLeaderWithItsEphemerals() {
        try (TestEnsemble ensemble = start(true);
                RawClient looking = RawClient.open(ensemble.address(0))) {
            for (int place = 0; place < 3; place++) {
                try (RawClient silent = RawClient.connect(ensemble.address(place))) {
                    silent.handshake(0, 300, 0, new byte[16]);
                    String path = "/silent-" + place;
                    assertEquals(0, silent.create(path, "", EPHEMERAL).error());
                    assertTrue(silent.isClosedByServer());
                    sync(looking);
                    assertEquals(
                            ErrorCode.NO_NODE.code(),
                            looking.exists(path, false).error());
                }
            }
        }
    }

    @Test
    void localSessionsEndWithTheLeaderAndThoseMadeKnownGoOn() {
        try (TestEnsemble ensemble = start(true)) {
            int follower = ensemble.follower();
            try (RawClient local = RawClient.open(ensemble.address(follower));
                    RawClient known = RawClient.open(ensemble.address(follower))) {
                assertEquals(0, known.create("/kept", "", EPHEMERAL).error());
                ensemble.stop(ensemble.leader());
                assertTrue(local.isClosedByServer());
                assertTrue(known.isClosedByServer());
                ensemble.awaitServing();
                try (RawClient again = RawClient.connect(ensemble.address(follower));
                        RawClient lost = RawClient.connect(ensemble.address(follower))) {
                    assertEquals(
                            known.session().sessionId(),
                            resume(again, known.session()).sessionId());
                    assertEquals(0, again.exists("/kept", false).error());
                    assertEquals(0, resume(lost, local.session()).timeoutMillis());
                }
            }
        }
    }

    @Test
    void nothingIsLeftOfSessionsThatWereBecomingKnownWhenTheirLeaderWent() {
        try (TestEnsemble ensemble = start(true, "mapdb")) {
            for (int round = 0; round < 3; round++) {
                List<RawClient> clients = new ArrayList<>();
                for (int number = 0; number < 30; number++) {
                    RawClient client = RawClient.connect(ensemble.address(number % 3));
                    client.handshake(0, 300, 0, new byte[16]);
                    clients.add(client);
                }
                for (RawClient client : clients) {
                    String path = "/of-" + client.session().sessionId();
                    client.request(OpCode.CREATE, body -> create(body, path, EPHEMERAL));
                }
                int leader = ensemble.leader();
                ensemble.stop(leader);
                clients.forEach(RawClient::close);
                ensemble.start(leader);
                ensemble.awaitServing();
                for (int place = 0; place < 3; place++) {
                    ensemble.awaitAnswer(place, "mntr", "zk_global_sessions\t0\n");
                    ensemble.awaitAnswer(place, "mntr", "zk_ephemerals_count\t0\n");
                    ensemble.awaitAnswer(place, "mntr", "zk_local_sessions\t0\n");
                }
            }
        }
    }

    @Test
    void aServerAloneHasNoLocalSessions() {
        try (TestServer server = TestServer.start(directory, "localSessionsEnabled", "true");
                RawClient client = RawClient.open(server.address())) {
            assertEquals(0, client.create("/e", "", EPHEMERAL).error());
        }
    }
}
