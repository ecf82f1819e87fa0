package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static io.zookit.assembly.Client.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a server: after an orderly end and after none. */
class RestartIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void aClientGoesOnWithItsSessionAfterAnOrderlyRestart() throws Exception {
        goesOnAfterARestart(false);
    }

    @Test
    void aClientGoesOnWithItsSessionAfterAKill() throws Exception {
        goesOnAfterARestart(true);
    }

    @Test
    void twoServersShareNothing() throws Exception {
        try (Server server = Server.start(Distribution.built(), directory.resolve("one"));
                Server other = Server.start(Distribution.built(), directory.resolve("two"))) {
            try (Client client = Client.connect(server)) {
                client.zk().create("/a", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            try (Client client = Client.connect(other)) {
                assertEquals(List.of("zookeeper"), client.zk().getChildren("/", false));
            }
        }
    }

    private void goesOnAfterARestart(boolean kill) throws Exception {
        try (Server server = Server.start(Distribution.built(), directory);
                Client client = Client.connect(server)) {
            Stat created = new Stat();
            client.zk().create("/a", bytes("a"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT, created);
            client.zk().create("/e", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            client.zk().addAuthInfo("digest", bytes("alice:secret"));
            client.zk().create("/mine", bytes("mine"), Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
            client.zk().getData("/a", true, null);
            long session = client.zk().getSessionId();

            if (kill) {
                server.process().kill();
            } else {
                server.process().terminate();
            }
            client.await(KeeperState.Disconnected);
            server.restart();
            client.await(KeeperState.SyncConnected);

            assertEquals(session, client.zk().getSessionId());
            Stat stat = new Stat();
            assertEquals("a", text(client.zk().getData("/a", true, stat)));
            assertEquals(created, stat);
            assertNotNull(client.zk().exists("/e", false));
            assertEquals("mine", text(client.zk().getData("/mine", false, null)));
            try (Client other = Client.connect(server)) {
                assertThrows(
                        KeeperException.NoAuthException.class, () -> other.zk().getData("/mine", false, null));
                other.zk().setData("/a", bytes("b"), 0);
            }
            assertEquals(EventType.NodeDataChanged, client.nextNodeEvent().getType());
        }
    }
}
