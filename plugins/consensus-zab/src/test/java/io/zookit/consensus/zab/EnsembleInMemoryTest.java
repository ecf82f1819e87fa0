package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.consensus.TouchedSession;
import io.zookit.spi.storage.StorageProvider;
import io.zookit.storage.memory.MemoryStorageProvider;
import io.zookit.wire.JuteWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole servers over real sockets, with memory in the place of disks. */
@Timeout(180)
class EnsembleInMemoryTest {
    @TempDir
    private Path directory;

    /** What the servers store in. */
    StorageProvider storages() {
        return new MemoryStorageProvider();
    }

    private TestEnsemble ensemble(String... roles) {
        return new TestEnsemble(storages(), directory, roles);
    }

    private TestEnsemble three() {
        return ensemble("participant", "participant", "participant").startAll();
    }

    private static void assertSameState(TestEnsemble ensemble) {
        Set<Long> digests = new HashSet<>();
        ensemble.all().forEach(server -> digests.add(server.digest()));
        assertEquals(1, digests.size(), "the trees differ");
        ensemble.all().forEach(server -> assertNull(server.stopReason()));
    }

    @Test
    void threeServersElectALeaderAndAgree() {
        try (TestEnsemble ensemble = three()) {
            for (int i = 0; i < 20; i++) {
                ensemble.createEverywhere("/n" + i);
            }
            assertSameState(ensemble);
            assertEquals(
                    "leader", ensemble.server(ensemble.leader()).consensus().mode());
            assertEquals(
                    "follower",
                    ensemble.server(ensemble.followers().get(0)).consensus().mode());
        }
    }

    @Test
    void theLossOfTheLeaderLosesNothingAndItComesBackByDiff() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/before");
            long first = ensemble.leader();
            ensemble.stop(first);
            ensemble.createEverywhere("/without");
            assertNotEquals(first, ensemble.leader());
            assertTrue(ensemble.all().stream().allMatch(server -> server.has("/before")));

            TinyServer back = ensemble.start(first);
            ensemble.awaitEverywhere("/without");
            assertEquals(0, back.reloads());
            ensemble.createEverywhere("/after");
            assertSameState(ensemble);
        }
    }

    @Test
    void whatALeaderLoggedAloneIsCutOff() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/agreed");
            long leader = ensemble.leader();
            long next = ensemble.server(leader).appliedZxid() + 1;
            List<Long> others = ensemble.followers();
            for (long id : List.of(1L, 2L, 3L)) {
                ensemble.stop(id);
            }
            ensemble.change(leader, storage -> {
                Txn ghost = new Txn.Create(OpCode.CREATE, "/ghost", null, Acl.OPEN_UNSAFE, false, 0, -1);
                storage.log().append(next, TinyServer.record(new TxnHeader(0, 0, next, 1), ghost));
                storage.log().sync();
            });

            others.forEach(ensemble::start);
            ensemble.createEverywhere("/decided");
            TinyServer back = ensemble.start(leader);
            ensemble.awaitEverywhere("/decided");
            assertFalse(back.has("/ghost"));
            assertEquals(1, back.reloads());
            ensemble.createEverywhere("/after");
            assertSameState(ensemble);
        }
    }

    @Test
    void whoMissedMoreThanTheLogHoldsGetsASnapshot() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/early");
            long stale = ensemble.followers().get(0);
            ensemble.stop(stale);
            ensemble.createEverywhere("/missed1");
            ensemble.createEverywhere("/missed2");
            List<Long> others = List.of(ensemble.leader(), ensemble.followers().get(0));
            for (long id : others) {
                ensemble.server(id).snapshot();
                ensemble.stop(id);
                ensemble.change(id, storage -> storage.log().truncateAfter(0));
            }
            // Their memory of the last transactions is gone with the processes.
            others.forEach(ensemble::start);
            ensemble.createEverywhere("/later");

            TinyServer back = ensemble.start(stale);
            ensemble.awaitEverywhere("/later");
            assertEquals(1, back.reloads());
            assertTrue(back.has("/missed1"));
            ensemble.createEverywhere("/after");
            assertSameState(ensemble);

            // What was installed is durable, and the next start finds it.
            ensemble.stop(stale);
            assertTrue(ensemble.start(stale).has("/missed2"));
            ensemble.createEverywhere("/end");
            assertSameState(ensemble);
        }
    }

    @Test
    void anEmptyServerGetsEverythingThoughNobodyHasTakenASnapshot() {
        try (TestEnsemble ensemble = ensemble("participant", "participant", "participant")) {
            ensemble.start(1);
            ensemble.start(2);
            ensemble.createEverywhere("/a");
            ensemble.createEverywhere("/b");
            ensemble.start(3);
            ensemble.awaitEverywhere("/b");
            ensemble.createEverywhere("/c");
            assertSameState(ensemble);
        }
    }

    @Test
    void aMemberThatWasGivenHalfVotesAgainOnceItHasEverything() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/a");
            ensemble.stop(3);
            ensemble.createEverywhere("/b");
            ensemble.stop(1);
            ensemble.stop(2);
            ensemble.change(3, storage -> storage.values().put("unsynced", "yes".getBytes(StandardCharsets.US_ASCII)));
            ensemble.start(3);
            ensemble.start(1);
            // Were the vote of 3 counted, these two would be enough.
            ensemble.start(2);
            ensemble.awaitEverywhere("/b");
            assertNotEquals(3, ensemble.leader());
            ensemble.stop(2);
            ensemble.createEverywhere("/c");
            ensemble.stop(3);
            byte[][] mark = new byte[1][];
            ensemble.change(3, storage -> mark[0] = storage.values().get("unsynced"));
            assertEquals("no", new String(mark[0], StandardCharsets.US_ASCII));
        }
    }

    @Test
    void anObserverHearsWhatWasDecidedAndItsRequestsReachTheLeader() {
        try (TestEnsemble ensemble = ensemble("participant", "participant", "observer")) {
            ensemble.start(1);
            ensemble.start(2);
            TinyServer observer = ensemble.start(3);
            ensemble.createEverywhere("/a");
            Waiting.until(() -> observer.role() == Role.OBSERVING, () -> "it observes");
            assertEquals("observer", observer.consensus().mode());

            observer.consensus().forward(new ForwardedRequest(7, 1, 1, createBody("/b"), List.of(new Id("ip", "::1"))));
            ensemble.awaitEverywhere("/b");
            observer.consensus().forward(new ForwardedRequest(7, 2, 9, new byte[0], null));
            Waiting.until(() -> observer.syncedCount() == 1, () -> "the sync is answered");
            observer.consensus().touched(7, 4000);
            TinyServer leader = ensemble.server(ensemble.leader());
            Waiting.until(
                    () -> leader.touchedSessions().contains(new TouchedSession(7, 4000)),
                    () -> "the leader hears of the session");
            leader.consensus().sync();
            Waiting.until(() -> leader.syncedCount() == 1, () -> "the leader's own sync is answered");
            assertSameState(ensemble);
        }
    }

    static byte[] createBody(String path) {
        JuteWriter body = new JuteWriter(64);
        body.writeString(path);
        body.writeBuffer(new byte[0]);
        body.writeAcls(Acl.OPEN_UNSAFE);
        body.writeInt(0);
        return body.toByteArray();
    }

    @Test
    void nonsenseOnThePortsDisturbsNobody() throws IOException {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/a");
            long leader = ensemble.leader();
            for (boolean election : new boolean[] {true, false}) {
                for (byte[] nonsense : List.of(
                        "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                        new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1},
                        new byte[] {0, 0, 0, 0, 0, 0, 0, 99, 127, 127, 127, 127, 1},
                        new byte[0])) {
                    try (Socket socket =
                            new Socket(InetAddress.getLoopbackAddress(), (int) ensemble.port(leader, election))) {
                        OutputStream out = socket.getOutputStream();
                        out.write(nonsense);
                    }
                }
            }
            ensemble.createEverywhere("/b");
            assertEquals(leader, ensemble.leader());
            assertSameState(ensemble);
        }
    }

    @Test
    void noThreadOutlivesAServer() {
        List<TinyServer> servers;
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/a");
            servers = List.copyOf(ensemble.all());
        }
        for (TinyServer server : servers) {
            for (Thread thread : server.surroundings().started()) {
                assertFalse(thread.isAlive(), thread::getName);
            }
        }
    }
}
