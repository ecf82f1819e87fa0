package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A client is cut off for a while: what it hears when it is back, and what is lost when it comes too late. */
class AbsenceIT {
    private static final List<ACL> OPEN = Ids.OPEN_ACL_UNSAFE;
    private static final int SHORT_TIMEOUT_MILLIS = 4_000;

    private static Server server;

    private String home = "";

    @BeforeAll
    static void startTheServer(@TempDir Path directory) throws Exception {
        server = Server.start(
                Distribution.built(), directory, "tickTime=200", "maxSessionTimeout=60000", "4lw.commands.whitelist=*");
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @BeforeEach
    void makeAHome(TestInfo test) throws Exception {
        home = "/" + test.getTestMethod().orElseThrow().getName();
        try (Client client = Client.connect(server)) {
            ZooKeeper zk = client.zk();
            zk.create(home, null, OPEN, CreateMode.PERSISTENT);
            for (String name : List.of("changed", "deleted", "parent", "untouched")) {
                zk.create(home + "/" + name, null, OPEN, CreateMode.PERSISTENT);
            }
        }
    }

    @Test
    void whatChangedMeanwhileIsToldOnceAfterTheReturn() throws Exception {
        try (Link link = Link.to(server.port());
                Client away = Client.connect(link.connectString(), 60_000);
                Client present = Client.connect(server)) {
            long session = away.zk().getSessionId();
            away.zk().getData(home + "/changed", true, null);
            away.zk().exists(home + "/deleted", true);
            away.zk().exists(home + "/created", true);
            away.zk().getChildren(home + "/parent", true);
            away.zk().getData(home + "/untouched", true, null);
            link.cut();
            away.await(KeeperState.Disconnected);

            present.zk().setData(home + "/changed", bytes("1"), -1);
            present.zk().setData(home + "/changed", bytes("2"), -1);
            present.zk().delete(home + "/deleted", -1);
            present.zk().create(home + "/created", null, OPEN, CreateMode.PERSISTENT);
            present.zk().create(home + "/parent/child", null, OPEN, CreateMode.PERSISTENT);
            assertEquals(List.of(), away.arrivedNodeEvents());

            link.heal();
            away.await(KeeperState.SyncConnected);
            assertEquals(session, away.zk().getSessionId());
            assertEquals(
                    Set.of(
                            "NodeDataChanged " + home + "/changed",
                            "NodeDeleted " + home + "/deleted",
                            "NodeCreated " + home + "/created",
                            "NodeChildrenChanged " + home + "/parent"),
                    eventsUntilNow(away, 4));
            present.zk().setData(home + "/changed", bytes("3"), -1);
            assertEquals(Set.of(), eventsUntilNow(away, 0));
            present.zk().setData(home + "/untouched", bytes("1"), -1);
            assertEquals(Set.of("NodeDataChanged " + home + "/untouched"), eventsUntilNow(away, 1));
        }
    }

    /** The server knows a state and no history: a znode that is as absent as before gives no event. */
    @Test
    void whatWasCreatedAndDeletedMeanwhileIsNeverTold() throws Exception {
        try (Link link = Link.to(server.port());
                Client away = Client.connect(link.connectString(), 60_000);
                Client present = Client.connect(server)) {
            assertNull(away.zk().exists(home + "/brief", true));
            link.cut();
            away.await(KeeperState.Disconnected);
            present.zk().create(home + "/brief", null, OPEN, CreateMode.PERSISTENT);
            present.zk().delete(home + "/brief", -1);
            link.heal();
            away.await(KeeperState.SyncConnected);
            assertEquals(Set.of(), eventsUntilNow(away, 0));
            present.zk().create(home + "/brief", null, OPEN, CreateMode.PERSISTENT);
            assertEquals(Set.of("NodeCreated " + home + "/brief"), eventsUntilNow(away, 1));
        }
    }

    @Test
    void whoStaysAwayTooLongLosesSessionAndEphemerals() throws Exception {
        try (Link link = Link.to(server.port());
                Client owner = Client.connect(link.connectString(), SHORT_TIMEOUT_MILLIS);
                Client present = Client.connect(server)) {
            assertEquals(SHORT_TIMEOUT_MILLIS, owner.zk().getSessionTimeout());
            owner.zk().create(home + "/e", null, OPEN, CreateMode.EPHEMERAL);
            assertNotNull(present.zk().exists(home + "/e", true));

            link.cut();
            assertEquals(EventType.NodeDeleted, present.nextNodeEvent().getType());
            link.heal();
            owner.await(KeeperState.Expired);
            assertThrows(KeeperException.SessionExpiredException.class, () -> owner.zk()
                    .exists(home, false));
        }
    }

    private static Set<String> eventsUntilNow(Client client, int count) throws Exception {
        List<String> events = client.nodeEventsUntilNow().stream()
                .map(event -> event.getType() + " " + event.getPath())
                .toList();
        assertEquals(count, events.size(), events.toString());
        return events.stream().collect(Collectors.toSet());
    }
}
