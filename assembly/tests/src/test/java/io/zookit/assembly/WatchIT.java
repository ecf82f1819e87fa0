package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static io.zookit.assembly.Client.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a watch promises, seen through Apache's client. */
class WatchIT {
    private static final List<ACL> OPEN = Ids.OPEN_ACL_UNSAFE;

    private static Server server;

    private String home = "";

    /** A way to set a watch. */
    private enum Registration {
        DATA((zk, path) -> zk.getData(path, true, null)),
        EXISTENCE((zk, path) -> zk.exists(path, true)),
        CHILDREN((zk, path) -> zk.getChildren(path, true));

        private final Request request;

        Registration(Request request) {
            this.request = request;
        }
    }

    /** A change, with the event that each registration on {@code path} gets; the node has one child, {@code old}. */
    private enum Change {
        SET_DATA((zk, path) -> zk.setData(path, bytes("new"), -1), "NodeDataChanged", "NodeDataChanged", "none"),
        DELETE((zk, path) -> zk.delete(path, -1), "NodeDeleted", "NodeDeleted", "NodeDeleted"),
        CREATE_CHILD(
                (zk, path) -> zk.create(path + "/new", null, OPEN, CreateMode.PERSISTENT),
                "none",
                "none",
                "NodeChildrenChanged"),
        DELETE_CHILD((zk, path) -> zk.delete(path + "/old", -1), "none", "none", "NodeChildrenChanged"),
        SET_DATA_OF_CHILD((zk, path) -> zk.setData(path + "/old", bytes("new"), -1), "none", "none", "none"),
        SET_ACL((zk, path) -> zk.setACL(path, Ids.OPEN_ACL_UNSAFE, -1), "none", "none", "none");

        private final Request request;
        private final List<String> events;

        Change(Request request, String data, String existence, String children) {
            this.request = request;
            this.events = List.of(data, existence, children);
        }
    }

    private interface Request {
        void send(ZooKeeper zk, String path) throws KeeperException, InterruptedException;
    }

    @BeforeAll
    static void startTheServer(@TempDir Path directory) throws Exception {
        server = Server.start(Distribution.built(), directory, "4lw.commands.whitelist=*");
    }

    @AfterAll
    static void stopTheServer() {
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
    void eachRegistrationHearsOfItsChangesAndOfNoOther() throws Exception {
        try (Client changing = Client.connect(server)) {
            for (Registration registration : Registration.values()) {
                for (Change change : Change.values()) {
                    String name = registration + " x " + change;
                    String path = home + "/" + registration + "-" + change;
                    changing.zk().create(path, null, OPEN, CreateMode.PERSISTENT);
                    if (change != Change.DELETE) {
                        changing.zk().create(path + "/old", null, OPEN, CreateMode.PERSISTENT);
                    }
                    try (Client watching = Client.connect(server)) {
                        registration.request.send(watching.zk(), path);
                        change.request.send(changing.zk(), path);
                        String expected = change.events.get(registration.ordinal());
                        assertEquals(
                                expected.equals("none") ? List.of() : List.of(expected + " " + path),
                                eventsUntilNow(watching),
                                name);
                    }
                }
            }
        }
    }

    @Test
    void onlyExistsCanWatchWhatIsNotThereAndAFailedRequestLeavesNoWatch() throws Exception {
        String path = home + "/absent";
        try (Client changing = Client.connect(server)) {
            for (Registration registration : Registration.values()) {
                try (Client watching = Client.connect(server)) {
                    if (registration == Registration.EXISTENCE) {
                        registration.request.send(watching.zk(), path);
                    } else {
                        assertThrows(
                                KeeperException.NoNodeException.class,
                                () -> registration.request.send(watching.zk(), path));
                    }
                    boolean watched = registration == Registration.EXISTENCE;
                    assertEquals(watched ? 1 : 0, watchesOnTheServer(), registration.name());
                    changing.zk().create(path, null, OPEN, CreateMode.PERSISTENT);
                    assertEquals(
                            watched ? List.of("NodeCreated " + path) : List.of(),
                            eventsUntilNow(watching),
                            registration.name());
                    changing.zk().delete(path, -1);
                }
            }
        }
    }

    @Test
    void ofTwoChangesAWatchHearsTheFirstAndIsGoneFromTheServerToo() throws Exception {
        try (Client watching = Client.connect(server);
                Client changing = Client.connect(server)) {
            watching.zk().getData(home, true, null);
            assertEquals(1, watchesOnTheServer());
            changing.zk().setData(home, bytes("1"), -1);
            assertEquals(0, watchesOnTheServer());
            changing.zk().setData(home, bytes("2"), -1);
            assertEquals(List.of("NodeDataChanged " + home), eventsUntilNow(watching));
        }
    }

    @Test
    void aPersistentWatchStaysUntilItIsRemoved() throws Exception {
        try (Client watching = Client.connect(server);
                Client changing = Client.connect(server)) {
            watching.zk().addWatch(home, AddWatchMode.PERSISTENT_RECURSIVE);
            changing.zk().create(home + "/a", null, OPEN, CreateMode.PERSISTENT);
            changing.zk().setData(home + "/a", bytes("1"), -1);
            changing.zk().setData(home + "/a", bytes("2"), -1);
            changing.zk().delete(home + "/a", -1);
            assertEquals(
                    List.of(
                            "NodeCreated " + home + "/a",
                            "NodeDataChanged " + home + "/a",
                            "NodeDataChanged " + home + "/a",
                            "NodeDeleted " + home + "/a"),
                    eventsUntilNow(watching));
        }
    }

    @Test
    void callbacksRunOneAfterTheOtherAndASlowOneHoldsUpNoReply() throws Exception {
        List<String> paths = new ArrayList<>();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Set<String> threads = Collections.synchronizedSet(new TreeSet<>());
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (Client watching = Client.connect(server);
                Client changing = Client.connect(server)) {
            for (int i = 0; i < 20; i++) {
                String path = home + "/" + i;
                paths.add(path);
                changing.zk().create(path, null, OPEN, CreateMode.PERSISTENT);
                watching.zk()
                        .getData(
                                path,
                                event -> {
                                    threads.add(Thread.currentThread().getName());
                                    entered.countDown();
                                    awaitUninterrupted(released);
                                    order.add(event.getPath());
                                },
                                null);
            }
            for (String path : paths) {
                changing.zk().setData(path, bytes("new"), -1);
            }
            assertTrue(entered.await(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertEquals("new", text(watching.zk().getData(paths.get(19), false, null)), "answered meanwhile");
            assertEquals(List.of(), order, "the first callback has not ended, so no other has begun");
            released.countDown();
            watching.nodeEventsUntilNow();
            assertEquals(paths, order);
            assertEquals(1, threads.size(), threads.toString());
            String thread = threads.iterator().next();
            assertTrue(thread.endsWith("-EventThread"), thread);
        }
    }

    @Test
    void whoSeesTheNewDataHasSeenTheEventBefore() throws Exception {
        try (Client watching = Client.connect(server);
                Client changing = Client.connect(server)) {
            for (int round = 1; round <= 25; round++) {
                String value = Integer.toString(round);
                List<String> seen = Collections.synchronizedList(new ArrayList<>());
                Watcher watcher = event -> seen.add("event");
                watching.zk().getData(home, watcher, null);
                CompletableFuture<Void> set = new CompletableFuture<>();
                for (int i = 0; i < 100; i++) {
                    if (i == 20) {
                        changing.zk()
                                .setData(
                                        home,
                                        bytes(value),
                                        -1,
                                        (code, path, context, stat) -> set.complete(null),
                                        null);
                    }
                    readInto(seen, watching.zk());
                }
                set.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                readInto(seen, watching.zk());
                watching.nodeEventsUntilNow();
                assertEquals(102, seen.size());
                assertEquals(1, Collections.frequency(seen, "event"));
                assertEquals(
                        seen.indexOf("event") + 1,
                        seen.indexOf(value),
                        "round " + round + ": between event and new data is nothing: " + seen);
            }
        }
    }

    @Test
    void sessionEventsReachEveryWatcher() throws Exception {
        try (Client client = Client.connect(server)) {
            List<String> data = Collections.synchronizedList(new ArrayList<>());
            List<String> existence = Collections.synchronizedList(new ArrayList<>());
            List<String> children = Collections.synchronizedList(new ArrayList<>());
            client.zk().getData(home, event -> data.add(line(event)), null);
            client.zk().exists(home + "/absent", event -> existence.add(line(event)));
            client.zk().getChildren(home, event -> children.add(line(event)));
            client.zk().getTestable().closeSocket();
            client.await(Watcher.Event.KeeperState.Disconnected);
            client.await(Watcher.Event.KeeperState.SyncConnected);
            client.nodeEventsUntilNow();
            List<String> expected = List.of("None Disconnected", "None SyncConnected");
            assertEquals(expected, data);
            assertEquals(expected, existence);
            assertEquals(expected, children);
        }
    }

    private static String line(WatchedEvent event) {
        return event.getType() + " " + event.getState();
    }

    private void readInto(List<String> seen, ZooKeeper zk) {
        zk.getData(home, false, (code, path, context, data, stat) -> seen.add(text(data)), null);
    }

    private static List<String> eventsUntilNow(Client client) throws Exception {
        return client.nodeEventsUntilNow().stream()
                .map(event -> event.getType() + " " + event.getPath())
                .collect(Collectors.toList());
    }

    private static int watchesOnTheServer() throws Exception {
        String answer = Server.word(server.port(), "wchs");
        return Integer.parseInt(answer.substring(answer.lastIndexOf(':') + 1).trim());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
