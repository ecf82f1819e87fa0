package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static io.zookit.assembly.Client.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are confined to a part of the tree. */
class ChrootIT {
    private static final List<ACL> OPEN = Ids.OPEN_ACL_UNSAFE;

    private static Server server;

    @BeforeAll
    static void startTheServer(@TempDir Path directory) throws Exception {
        server = Server.start(Distribution.built(), directory);
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @Test
    void twoTenantsWithTheSamePathsDoNotMeet() throws Exception {
        try (Client outside = Client.connect(server)) {
            outside.zk().create("/red", null, OPEN, CreateMode.PERSISTENT);
            outside.zk().create("/blue", null, OPEN, CreateMode.PERSISTENT);
            try (Client red = Client.connect(server.connectString() + "/red");
                    Client blue = Client.connect(server.connectString() + "/blue")) {
                red.zk().create("/app", bytes("red"), OPEN, CreateMode.PERSISTENT);
                assertNull(blue.zk().exists("/app", true));
                assertEquals("/app/n-0000000000", sequential(red));
                blue.zk().create("/app", bytes("blue"), OPEN, CreateMode.PERSISTENT);
                assertEquals("/app/n-0000000000", sequential(blue));

                assertEquals("/app", blue.nextNodeEvent().getPath());
                assertEquals("red", text(red.zk().getData("/app", true, null)));
                assertEquals(List.of("app"), red.zk().getChildren("/", false));
                blue.zk().setData("/app", bytes("bluer"), 0);
                assertEquals(List.of(), red.nodeEventsUntilNow());
                assertEquals("red", text(outside.zk().getData("/red/app", false, null)));
                assertThrows(IllegalArgumentException.class, () -> red.zk().getData("/../blue/app", false, null));
            }
        }
    }

    @Test
    void aChrootThatIsNotThereHoldsNothingUntilItIsMade() throws Exception {
        try (Client inside = Client.connect(server.connectString() + "/missing")) {
            assertThrows(
                    KeeperException.NoNodeException.class, () -> inside.zk().getChildren("/", false));
            assertThrows(KeeperException.NoNodeException.class, () -> inside.zk()
                    .create("/a", null, OPEN, CreateMode.PERSISTENT));
            inside.zk().create("/", null, OPEN, CreateMode.PERSISTENT);
            inside.zk().create("/a", null, OPEN, CreateMode.PERSISTENT);
            assertEquals(List.of("a"), inside.zk().getChildren("/", false));
        }
    }

    private static String sequential(Client client) throws Exception {
        return client.zk().create("/app/n-", null, OPEN, CreateMode.EPHEMERAL_SEQUENTIAL);
    }
}
