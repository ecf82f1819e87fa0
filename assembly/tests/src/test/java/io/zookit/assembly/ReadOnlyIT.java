package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static io.zookit.assembly.Client.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that has lost the others, and clients that are content with reading what it has. */
class ReadOnlyIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void aMemberWithoutAQuorumServesThoseWhoWantToReadOnlyUntilThereIsOneAgain() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3)
                .with("readonlymode.enabled=true", "4lw.commands.whitelist=srvr,stat,mntr")
                .startAll()) {
            try (Client client = Client.connect(ensemble.connectString())) {
                client.zk().create("/a", bytes("old"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                client.zk().sync("/a", null, null);
            }
            Member left = ensemble.member(1);
            try (Client client = Client.connect(left.connectString())) {
                // After a sync the member that stays behind has it.
                Waiting.until(() -> client.zk().exists("/a", false) != null, () -> "server 1 has it");
            }
            ensemble.member(2).kill();
            ensemble.member(3).kill();
            Waiting.until(() -> left.mode().equals("read-only"), () -> "server 1 serves readers: " + left.text());
            assertTrue(left.word("stat").contains("READ-ONLY mode; serving only read-only clients\nClients:"));
            assertTrue(left.word("mntr").contains("zk_server_state\tread-only\n"));
            assertEquals("ro", left.word("isro"), "clients ask this word, so nobody has to allow it");

            try (Client reader = Client.connectReadOnly(left.connectString())) {
                assertEquals(ZooKeeper.States.CONNECTEDREADONLY, reader.zk().getState());
                reads(reader.zk());
                refusesWrites(reader.zk());
                long session = reader.zk().getSessionId();
                ensemble.start(2);
                ensemble.start(3);
                ensemble.awaitAll();
                reader.await(KeeperState.SyncConnected);
                assertNotEquals(session, reader.zk().getSessionId(), "the session was that server's alone");
                reader.zk().setData("/a", bytes("new"), -1);
                assertEquals("new", text(reader.zk().getData("/a", false, null)));
            }
            assertEquals("rw", left.word("isro"));
        }
    }

    private static void reads(ZooKeeper zk) throws Exception {
        assertEquals("old", text(zk.getData("/a", true, null)));
        assertEquals(
                List.of("a", "zookeeper"),
                zk.getChildren("/", true).stream().sorted().toList());
        assertEquals(null, zk.exists("/nothing", true));
    }

    private static void refusesWrites(ZooKeeper zk) throws Exception {
        assertThrows(KeeperException.NotReadOnlyException.class, () -> zk.setData("/a", bytes("x"), -1));
        assertThrows(
                KeeperException.NotReadOnlyException.class,
                () -> zk.create("/b", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL));
        assertThrows(KeeperException.NotReadOnlyException.class, () -> zk.delete("/a", -1));
        assertThrows(KeeperException.NotReadOnlyException.class, () -> zk.setACL("/a", Ids.READ_ACL_UNSAFE, -1));
        assertThrows(
                KeeperException.NotReadOnlyException.class, () -> zk.multi(List.of(Op.setData("/a", bytes("x"), -1))));
        CompletableFuture<Integer> synced = new CompletableFuture<>();
        zk.sync("/a", (code, path, context) -> synced.complete(code), null);
        assertEquals(Code.NOTREADONLY.intValue(), synced.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals("old", text(zk.getData("/a", false, null)));
    }

    @Test
    void withoutTheModeAMemberWithoutAQuorumServesNobody() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).startAll()) {
            ensemble.awaitLeader();
            ensemble.member(2).kill();
            ensemble.member(3).kill();
            Member left = ensemble.member(1);
            Waiting.until(
                    () -> left.word("srvr").contains("not currently serving"), () -> "server 1 has lost its leader");
            assertEquals("null", left.word("isro"));
            assertEquals("imok", left.word("ruok"));
        }
    }
}
