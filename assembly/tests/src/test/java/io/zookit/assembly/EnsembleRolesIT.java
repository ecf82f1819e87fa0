package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static io.zookit.assembly.Client.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leader, followers and observers are to their clients and to each other. */
class EnsembleRolesIT {
    private static final int OBSERVER = 4;

    @TempDir
    Path directory = Path.of("");

    private static void create(ZooKeeper zk, String path) throws Exception {
        zk.create(path, bytes("1"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    /** Waits until a server has everything that was acknowledged anywhere before. */
    private static void sync(ZooKeeper zk) throws Exception {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        zk.sync("/", (code, path, context) -> done.complete(code), null);
        assertEquals(Code.OK.intValue(), done.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void whatIsWrittenThroughAnyServerIsReadAndWatchedAtEveryOther() throws Exception {
        try (Ensemble ensemble =
                Ensemble.ofOurs(directory, 4).observer(OBSERVER).startAll()) {
            for (Member writer : ensemble.members()) {
                String path = "/by" + writer.id();
                for (Member reader : ensemble.members()) {
                    try (Client writing = Client.connect(writer.connectString());
                            Client reading = Client.connect(reader.connectString())) {
                        sync(reading.zk());
                        boolean there = reading.zk().exists(path, true) != null;
                        if (there) {
                            writing.zk().setData(path, bytes(Integer.toString(reader.id())), -1);
                        } else {
                            create(writing.zk(), path);
                        }
                        EventType expected = there ? EventType.NodeDataChanged : EventType.NodeCreated;
                        assertEquals(expected, reading.nextNodeEvent().getType());
                        sync(reading.zk());
                        Stat written = writing.zk().exists(path, false);
                        assertEquals(written, reading.zk().exists(path, false));
                    }
                }
            }
        }
    }

    /** Why more members answer more reads, and fewer writes, in the same time. */
    @Test
    void aReadIsTheWorkOfOneServerAndAWriteThatOfAll() throws Exception {
        int requests = 100;
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).startAll()) {
            for (Member asked : ensemble.members()) {
                try (Client client = Client.connect(asked.connectString())) {
                    sync(client.zk());
                    Map<Integer, Integer> reads = ofEach(ensemble, "zk_cnt_readlatency");
                    for (int i = 0; i < requests; i++) {
                        client.zk().getData("/", false, null);
                    }
                    reads.merge(asked.id(), requests, Integer::sum);
                    assertEquals(reads, ofEach(ensemble, "zk_cnt_readlatency"));

                    Map<Integer, Integer> had = ofEach(ensemble, "zk_znode_count");
                    for (int i = 0; i < requests; i++) {
                        create(client.zk(), "/by-" + asked.id() + "-" + i);
                    }
                    had.replaceAll((id, count) -> count + requests);
                    Waiting.until(
                            () -> ofEach(ensemble, "zk_znode_count").equals(had),
                            () -> "each of them has " + requests + " znodes more");
                }
            }
        }
    }

    private static Map<Integer, Integer> ofEach(Ensemble ensemble, String metric) throws Exception {
        Map<Integer, Integer> values = new TreeMap<>();
        for (Member member : ensemble.members()) {
            String line = member.word("mntr")
                    .lines()
                    .filter(candidate -> candidate.startsWith(metric + "\t"))
                    .findFirst()
                    .orElseThrow();
            values.put(member.id(), Integer.parseInt(line.substring(metric.length() + 1)));
        }
        return values;
    }

    @Test
    void aWriteWithoutAMajorityIsNotDoneAndWithOneItIsDoneOnce() throws Exception {
        try (Ensemble ensemble =
                Ensemble.ofOurs(directory, 3).with("syncLimit=200").startAll()) {
            Member leader = ensemble.awaitLeader();
            try (Client writer = Client.connect(leader.connectString());
                    Client reader = Client.connect(leader.connectString())) {
                create(writer.zk(), "/counter");
                for (Member member : ensemble.members()) {
                    if (member != leader) {
                        member.pause();
                    }
                }
                CompletableFuture<Integer> answer = new CompletableFuture<>();
                writer.zk()
                        .setData("/counter", bytes("2"), 0, (code, path, context, stat) -> answer.complete(code), null);
                Waiting.until(
                        () -> leader.word("srvr").contains("Outstanding: 1\n"), () -> "the leader has proposed it");
                assertEquals(0, reader.zk().exists("/counter", false).getVersion());
                assertFalse(answer.isDone());
                for (Member member : ensemble.members()) {
                    if (member.isPaused()) {
                        member.resume();
                    }
                }
                assertEquals(Code.OK.intValue(), answer.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            for (Member member : ensemble.members()) {
                try (Client client = Client.connect(member.connectString())) {
                    sync(client.zk());
                    Stat stat = new Stat();
                    assertEquals("2", text(client.zk().getData("/counter", false, stat)));
                    assertEquals(1, stat.getVersion());
                }
            }
        }
    }

    @Test
    void anObserverThatStandsStillHindersNobodyAndCatchesUp() throws Exception {
        try (Ensemble ensemble =
                Ensemble.ofOurs(directory, 4).observer(OBSERVER).startAll()) {
            Member observer = ensemble.member(OBSERVER);
            assertEquals("observer", observer.mode());
            observer.pause();
            try (Client client = Client.connect(ensemble.awaitFollower().connectString())) {
                for (int i = 0; i < 100; i++) {
                    create(client.zk(), "/n" + i);
                }
                // It counts in no quorum: with one voter less the others are still enough, ...
                ensemble.awaitLeader().kill();
                ensemble.awaitLeader();
            }
            observer.resume();
            ensemble.awaitServes(OBSERVER);
            try (Client client = Client.connect(observer.connectString())) {
                sync(client.zk());
                assertNotNull(client.zk().exists("/n99", false));
                create(client.zk(), "/through-the-observer");
            }
            // ... and with two less it does not make up for them.
            ensemble.awaitLeader().kill();
            Member left = ensemble.members().stream()
                    .filter(member -> member.lives() && member.id() != OBSERVER)
                    .findFirst()
                    .orElseThrow();
            Waiting.until(() -> left.mode().isEmpty() && observer.mode().isEmpty(), () -> "nobody serves any more");
        }
    }

    @Test
    void everyLeaderRaisesTheEpochAndCountsFromOne() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).startAll()) {
            long before = 0;
            for (int round = 0; round < 3; round++) {
                Member leader = ensemble.awaitLeader();
                try (Client client = Client.connect(ensemble.connectString())) {
                    create(client.zk(), "/round" + round);
                    long zxid = client.zk().exists("/round" + round, false).getCzxid();
                    long epoch = zxid >>> 32;
                    assertTrue(epoch > before, "epoch " + epoch + " after " + before);
                    assertTrue((zxid & 0xffff_ffffL) < 100, "a new epoch counts from one: " + Long.toHexString(zxid));
                    before = epoch;
                }
                leader.kill();
                ensemble.awaitLeader();
                ensemble.start(leader.id());
                ensemble.awaitAll();
            }
        }
    }

    @Test
    void twoServersDoNotSurviveTheLossOfOneAndThreeDo() throws Exception {
        try (Ensemble two = Ensemble.ofOurs(directory.resolve("two"), 2).startAll()) {
            two.member(1).kill();
            Member left = two.member(2);
            Waiting.until(() -> left.mode().isEmpty(), () -> "one of two serves nobody");
            two.start(1);
            two.awaitAll();
        }
        try (Ensemble three = Ensemble.ofOurs(directory.resolve("three"), 3).startAll()) {
            three.awaitLeader().kill();
            three.awaitLeader();
            try (Client client = Client.connect(three.connectString())) {
                create(client.zk(), "/still");
            }
        }
    }

    @Test
    void aLeaderThatIsNotToServeLeavesItsClientsToTheOthers() throws Exception {
        try (Ensemble ensemble =
                Ensemble.ofOurs(directory, 3).with("leaderServes=no").startAll()) {
            Member leader = ensemble.awaitLeader();
            // A client that knows the leader first ends at another one, and what it writes counts.
            StringBuilder hosts = new StringBuilder(leader.connectString());
            for (Member member : ensemble.members()) {
                if (member != leader) {
                    hosts.append(',').append(member.connectString());
                }
            }
            try (Client client = Client.connect(hosts.toString())) {
                create(client.zk(), "/a");
                assertNotNull(client.zk().exists("/a", false));
            }
            assertTrue(leader.word("srvr").contains("Mode: leader\n"), "it answers who asks about it");
            ZooKeeper refused = new ZooKeeper(leader.connectString(), Client.SESSION_TIMEOUT_MILLIS, event -> {});
            try {
                Waiting.until(
                        () -> leader.word("mntr")
                                .lines()
                                .anyMatch(line -> line.matches("zk_connection_request_count\t[1-9].*")),
                        () -> "the client has asked for a session");
                assertFalse(refused.getState().isConnected());
                assertNull(session(refused));
            } finally {
                refused.close(0);
            }
        }
    }

    private static Long session(ZooKeeper zk) {
        return zk.getSessionId() == 0 ? null : zk.getSessionId();
    }
}
