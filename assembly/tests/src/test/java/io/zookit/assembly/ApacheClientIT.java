package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static io.zookit.assembly.Client.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Apache's Java client, unchanged, against one server that all tests share; each test has a znode of its own. */
class ApacheClientIT {
    private static final List<ACL> OPEN = Ids.OPEN_ACL_UNSAFE;

    private static Server server;

    private String home = "";

    @BeforeAll
    static void startTheServer(@TempDir Path directory) throws Exception {
        server = Server.start(Distribution.built(), directory);
    }

    @AfterAll
    static void stopTheServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void makeAHome(TestInfo test) throws Exception {
        home = "/" + test.getTestMethod().orElseThrow().getName();
        try (Client client = Client.connect(server)) {
            client.zk().create(home, bytes("home"), OPEN, CreateMode.PERSISTENT);
        }
    }

    @Test
    void createReadWriteAndDeleteWithExactStats() throws Exception {
        try (Client client = Client.connect(server)) {
            ZooKeeper zk = client.zk();
            Stat created = new Stat();
            String path = zk.create(home + "/a", bytes("one"), OPEN, CreateMode.PERSISTENT, created);
            assertEquals(home + "/a", path);
            assertEquals(created.getCzxid(), created.getMzxid());
            assertEquals(created.getCzxid(), created.getPzxid());
            assertEquals(0, created.getVersion());
            assertEquals(3, created.getDataLength());

            Stat set = zk.setData(path, bytes("four"), 0);
            assertEquals(1, set.getVersion());
            assertEquals(created.getCzxid(), set.getCzxid());
            assertTrue(set.getMzxid() > created.getMzxid());
            Stat read = new Stat();
            assertEquals("four", text(zk.getData(path, false, read)));
            assertEquals(set, read);

            assertThrows(KeeperException.BadVersionException.class, () -> zk.setData(path, bytes("x"), 0));
            assertThrows(KeeperException.BadVersionException.class, () -> zk.delete(path, 0));
            assertThrows(
                    KeeperException.NodeExistsException.class,
                    () -> zk.create(path, null, OPEN, CreateMode.PERSISTENT));
            assertThrows(
                    KeeperException.NoNodeException.class,
                    () -> zk.create(home + "/no/parent", null, OPEN, CreateMode.PERSISTENT));
            assertThrows(KeeperException.NotEmptyException.class, () -> zk.delete(home, -1));
            zk.delete(path, 1);
            assertNull(zk.exists(path, false));
            assertThrows(KeeperException.NoNodeException.class, () -> zk.getData(path, false, null));
            Stat parent = zk.exists(home, false);
            assertEquals(0, parent.getNumChildren());
            assertEquals(2, parent.getCversion());
        }
    }

    @Test
    void aNodeWithoutDataAndOneOfTheLargestSize() throws Exception {
        try (Client client = Client.connect(server)) {
            client.zk().create(home + "/null", null, OPEN, CreateMode.PERSISTENT);
            assertNull(client.zk().getData(home + "/null", false, null));
            byte[] large = new byte[1_000_000];
            large[999_999] = 7;
            client.zk().create(home + "/large", large, OPEN, CreateMode.PERSISTENT);
            assertArrayEquals(large, client.zk().getData(home + "/large", false, null));
        }
    }

    @Test
    void aRequestOverTheLimitClosesTheConnectionAndHarmsNobodyElse() throws Exception {
        try (Client greedy = Client.connect(server);
                Client modest = Client.connect(server)) {
            assertThrows(KeeperException.ConnectionLossException.class, () -> greedy.zk()
                    .setData(home, new byte[1_200_000], -1));
            assertEquals("home", text(modest.zk().getData(home, false, null)));
            greedy.await(KeeperState.Disconnected);
            greedy.await(KeeperState.SyncConnected);
            assertEquals("home", text(greedy.zk().getData(home, false, null)));
        }
    }

    @Test
    void sequentialNodesCountUpAndNeverAgain() throws Exception {
        try (Client client = Client.connect(server)) {
            ZooKeeper zk = client.zk();
            String first = zk.create(home + "/n-", null, OPEN, CreateMode.PERSISTENT_SEQUENTIAL);
            assertEquals(home + "/n-0000000000", first);
            zk.delete(first, -1);
            String second = zk.create(home + "/n-", null, OPEN, CreateMode.EPHEMERAL_SEQUENTIAL);
            assertEquals(1, Integer.parseInt(second.substring(second.length() - 10)));
        }
    }

    @Test
    void anEphemeralNodeGoesWithItsSession() throws Exception {
        try (Client watching = Client.connect(server)) {
            Client owner = Client.connect(server);
            owner.zk().create(home + "/e", null, OPEN, CreateMode.EPHEMERAL);
            Stat stat = watching.zk().exists(home + "/e", true);
            assertEquals(owner.zk().getSessionId(), stat.getEphemeralOwner());
            assertThrows(KeeperException.NoChildrenForEphemeralsException.class, () -> watching.zk()
                    .create(home + "/e/child", null, OPEN, CreateMode.PERSISTENT));
            owner.close();
            WatchedEvent event = watching.nextNodeEvent();
            assertEquals(EventType.NodeDeleted, event.getType());
            assertNull(watching.zk().exists(home + "/e", false));
        }
    }

    @Test
    void aSessionOutlivesItsConnection() throws Exception {
        try (Client client = Client.connect(server)) {
            client.zk().create(home + "/e", null, OPEN, CreateMode.EPHEMERAL);
            assertEquals("home", text(client.zk().getData(home, true, null)));
            long session = client.zk().getSessionId();
            client.zk().getTestable().closeSocket();
            client.await(KeeperState.Disconnected);
            client.await(KeeperState.SyncConnected);
            assertEquals(session, client.zk().getSessionId());
            assertNotNull(client.zk().exists(home + "/e", false));
            // The watch came along: the client sets it again, and the server has it.
            client.zk().setData(home, bytes("new"), -1);
            assertEquals(EventType.NodeDataChanged, client.nextNodeEvent().getType());
        }
    }

    @Test
    void aSessionMovesToWhoKnowsItsPasswordAndToNobodyElse() throws Exception {
        try (Client first = Client.connect(server)) {
            long session = first.zk().getSessionId();
            try (Client thief = Client.attach(server, session, new byte[16])) {
                thief.await(KeeperState.Expired);
            }
            try (Client heir = Client.attach(server, session, first.zk().getSessionPasswd())) {
                heir.await(KeeperState.SyncConnected);
                assertEquals(session, heir.zk().getSessionId());
            }
        }
    }

    @Test
    void watchesFireOnceForDataChildrenAndExistence() throws Exception {
        try (Client watching = Client.connect(server);
                Client changing = Client.connect(server)) {
            ZooKeeper zk = changing.zk();
            assertNull(watching.zk().exists(home + "/a", true));
            zk.create(home + "/a", bytes("0"), OPEN, CreateMode.PERSISTENT);
            assertEvent(EventType.NodeCreated, home + "/a", watching.nextNodeEvent());

            watching.zk().getData(home + "/a", true, null);
            zk.setData(home + "/a", bytes("1"), -1);
            zk.setData(home + "/a", bytes("2"), -1);
            assertEvent(EventType.NodeDataChanged, home + "/a", watching.nextNodeEvent());

            watching.zk().getChildren(home, true);
            zk.create(home + "/b", null, OPEN, CreateMode.PERSISTENT);
            assertEvent(EventType.NodeChildrenChanged, home, watching.nextNodeEvent());

            // One watch on the node and one on the children of its parent: both fire for the deletion.
            watching.zk().getData(home + "/b", true, null);
            watching.zk().getChildren(home, true);
            zk.delete(home + "/b", -1);
            TreeSet<String> both = new TreeSet<>(List.of(
                    watching.nextNodeEvent().getType().name(),
                    watching.nextNodeEvent().getType().name()));
            assertEquals("[NodeChildrenChanged, NodeDeleted]", both.toString());

            zk.setData(home + "/a", bytes("3"), -1);
            // The answer to a later request of the same session comes after all its events.
            watching.zk().exists("/", false);
            assertEquals(List.of(), watching.arrivedNodeEvents());
        }
    }

    @Test
    void aRemovedWatchIsSilent() throws Exception {
        try (Client watching = Client.connect(server)) {
            watching.zk().getData(home, true, null);
            watching.zk().removeWatches(home, watching, WatcherType.Data, false);
            assertEquals(EventType.DataWatchRemoved, watching.nextNodeEvent().getType());
            watching.zk().setData(home, bytes("x"), -1);
            watching.zk().exists("/", false);
            assertEquals(List.of(), watching.arrivedNodeEvents());
            assertThrows(KeeperException.NoWatcherException.class, () -> watching.zk()
                    .removeWatches(home, watching, WatcherType.Data, false));
        }
    }

    @Test
    void aMultiIsDoneAsAWholeOrNotAtAll() throws Exception {
        try (Client client = Client.connect(server)) {
            ZooKeeper zk = client.zk();
            List<OpResult> results = zk.multi(List.of(
                    Op.create(home + "/a", bytes("a"), OPEN, CreateMode.PERSISTENT),
                    Op.create(home + "/a/b", bytes("b"), OPEN, CreateMode.PERSISTENT),
                    Op.setData(home + "/a", bytes("c"), 0),
                    Op.check(home + "/a", 1),
                    Op.delete(home + "/a/b", 0)));
            assertEquals(5, results.size());
            assertEquals(1, ((OpResult.SetDataResult) results.get(2)).getStat().getVersion());
            assertEquals("c", text(zk.getData(home + "/a", false, null)));

            KeeperException failure = assertThrows(
                    KeeperException.BadVersionException.class,
                    () -> zk.multi(List.of(
                            Op.create(home + "/z", null, OPEN, CreateMode.PERSISTENT),
                            Op.check(home + "/a", 9),
                            Op.delete(home + "/a", -1))));
            List<Integer> errors = new ArrayList<>();
            failure.getResults().forEach(result -> errors.add(((OpResult.ErrorResult) result).getErr()));
            assertEquals(
                    List.of(
                            0,
                            KeeperException.Code.BADVERSION.intValue(),
                            KeeperException.Code.RUNTIMEINCONSISTENCY.intValue()),
                    errors);
            assertNull(zk.exists(home + "/z", false));
            assertNotNull(zk.exists(home + "/a", false));
        }
    }

    @Test
    void accessIsCheckedByDigestIdentities() throws Exception {
        try (Client alice = Client.connect(server);
                Client stranger = Client.connect(server)) {
            alice.zk().addAuthInfo("digest", bytes("alice:secret"));
            alice.zk().create(home + "/a", bytes("mine"), Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
            List<ACL> acl = alice.zk().getACL(home + "/a", new Stat());
            assertEquals("digest", acl.get(0).getId().getScheme());
            assertTrue(acl.get(0).getId().getId().startsWith("alice:"), acl.toString());

            assertThrows(
                    KeeperException.NoAuthException.class, () -> stranger.zk().getData(home + "/a", false, null));
            stranger.zk().addAuthInfo("digest", bytes("alice:wrong"));
            assertThrows(
                    KeeperException.NoAuthException.class, () -> stranger.zk().setData(home + "/a", bytes("x"), -1));

            Stat before = alice.zk().exists(home + "/a", false);
            acl.add(new ACL(Perms.READ, new Id("ip", "127.0.0.0/8")));
            Stat after = alice.zk().setACL(home + "/a", acl, before.getAversion());
            assertEquals(before.getAversion() + 1, after.getAversion());
            assertEquals("mine", text(stranger.zk().getData(home + "/a", false, null)));
            assertThrows(
                    KeeperException.NoAuthException.class, () -> stranger.zk().setData(home + "/a", bytes("x"), -1));
            assertThrows(KeeperException.InvalidACLException.class, () -> alice.zk()
                    .setACL(home + "/a", Arrays.asList(new ACL(31, new Id("nobody", "x"))), -1));
        }
    }

    @Test
    void anUnknownSchemeIsRefused() throws Exception {
        try (Client client = Client.connect(server)) {
            client.zk().addAuthInfo("nosuchscheme", bytes("x"));
            client.await(KeeperState.AuthFailed);
        }
    }

    @Test
    void aChrootIsTheWholeWorldOfItsClient() throws Exception {
        try (Client inside = Client.connect(server.connectString() + home);
                Client outside = Client.connect(server)) {
            inside.zk().create("/a", bytes("inside"), OPEN, CreateMode.PERSISTENT);
            inside.zk().getData("/a", true, null);
            assertEquals(List.of("a"), inside.zk().getChildren("/", false));
            assertEquals("inside", text(outside.zk().getData(home + "/a", false, null)));
            outside.zk().setData(home + "/a", bytes("x"), -1);
            assertEvent(EventType.NodeDataChanged, "/a", inside.nextNodeEvent());
        }
    }

    @Test
    void manyRequestsInFlightAreAnsweredInOrder() throws Exception {
        try (Client client = Client.connect(server)) {
            int count = 2000;
            List<Integer> versions = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<Void> done = new CompletableFuture<>();
            for (int i = 1; i <= count; i++) {
                client.zk()
                        .setData(
                                home,
                                bytes(Integer.toString(i)),
                                -1,
                                (rc, path, context, stat) -> {
                                    versions.add(rc == 0 ? stat.getVersion() : rc);
                                    if (versions.size() == count) {
                                        done.complete(null);
                                    }
                                },
                                null);
            }
            done.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (int i = 0; i < count; i++) {
                assertEquals(i + 1, versions.get(i));
            }
            assertEquals("2000", text(client.zk().getData(home, false, null)));
        }
    }

    @Test
    void syncContainersAndAllChildren() throws Exception {
        try (Client client = Client.connect(server)) {
            client.zk().create(home + "/c", null, OPEN, CreateMode.CONTAINER);
            client.zk().create(home + "/c/x", null, OPEN, CreateMode.PERSISTENT);
            CompletableFuture<Integer> synced = new CompletableFuture<>();
            client.zk().sync(home, (rc, path, context) -> synced.complete(rc), null);
            assertEquals(0, synced.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            Stat stat = new Stat();
            assertEquals(List.of("x"), client.zk().getChildren(home + "/c", false, stat));
            assertEquals(1, stat.getNumChildren());
            assertNotEquals(0, stat.getPzxid());
        }
    }

    private static void assertEvent(EventType type, String path, WatchedEvent event) {
        assertEquals(type, event.getType());
        assertEquals(path, event.getPath());
    }
}
