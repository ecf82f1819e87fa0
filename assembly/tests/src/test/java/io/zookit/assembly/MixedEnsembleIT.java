package io.zookit.assembly;

import static io.zookit.assembly.Member.Kind.APACHE;
import static io.zookit.assembly.Member.Kind.OURS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of ours and of Apache's make one ensemble. */
@Timeout(600)
class MixedEnsembleIT {
    private static final int CLIENTS = 3;
    private static final int LEADERS_MAX = 12;

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"OURS, OURS, APACHE", "APACHE, APACHE, OURS"})
    void bothKindsLeadAndFollowAndNothingIsLost(Member.Kind first, Member.Kind second, Member.Kind third)
            throws Exception {
        String where = first + " " + second + " " + third;
        try (Ensemble ensemble = Ensemble.of(directory, first, second, third)
                        .with("snapCount=1000")
                        .startAll()
                        .filled("/everything", 100);
                Ledger ledger = Ledger.start(ensemble.connectString(), CLIENTS);
                Histories histories = Histories.start(ensemble, CLIENTS, 1)) {
            Set<Member.Kind> led = EnumSet.noneOf(Member.Kind.class);
            for (int i = 0; i < LEADERS_MAX && (led.size() < 2 || i < 2); i++) {
                ledger.awaitMore(100, ensemble);
                Member leader = ensemble.awaitLeader();
                led.add(leader.kind());
                leader.kill();
                ledger.awaitMore(100, ensemble);
                ensemble.start(leader.id());
                ensemble.awaitAll();
                histories.nextRound();
            }
            assertEquals(EnumSet.allOf(Member.Kind.class), led, where + ": who has led");
            // A member of each kind that has lost everything gets everything.
            for (Member.Kind kind : Member.Kind.values()) {
                Member member = ensemble.awaitFollowerOf(kind);
                member.kill();
                member.wipe();
                ledger.awaitMore(50, ensemble);
                ensemble.start(member.id());
                ensemble.awaitAll();
            }
            ledger.stop(ensemble);
            histories.stopAndCheck(where);
            ensemble.assertHolds(ledger, where);
        }
    }

    @ParameterizedTest
    @CsvSource({"OURS, OURS, APACHE", "APACHE, APACHE, OURS"})
    void whatOnlyADeadLeaderHadIsCutOff(Member.Kind first, Member.Kind second, Member.Kind third) throws Exception {
        // Number 2 leads, because nobody else has anything yet; without it number 3 does, which is of the other kind.
        try (Ensemble ensemble = Ensemble.of(directory, first, second, third).linked()) {
            ensemble.start(1);
            ensemble.start(2);
            ensemble.awaitAll();
            ensemble.start(3);
            ensemble.awaitAll();
            Member leader = ensemble.awaitLeader();
            try (Client client = Client.connect(leader.connectString())) {
                client.zk().create("/kept", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                for (Member follower : ensemble.members()) {
                    if (follower != leader) {
                        ensemble.silence(leader.id(), follower.id());
                    }
                }
                for (int i = 0; i < 5; i++) {
                    client.zk()
                            .create(
                                    "/never-" + i,
                                    null,
                                    Ids.OPEN_ACL_UNSAFE,
                                    CreateMode.PERSISTENT,
                                    (code, path, context, name) -> {},
                                    null);
                }
                leader.awaitStored("/never-4");
                leader.kill();
                ensemble.members().stream()
                        .filter(member -> member != leader)
                        .forEach(follower -> ensemble.cut(leader.id(), follower.id()));
            }
            ensemble.heal();
            assertEquals(2, leader.id());
            try (Client client = ensemble.client()) {
                client.zk().create("/after", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                ensemble.start(leader.id());
                ensemble.awaitAll();
                var tree = Trees.assertEqual(ensemble);
                assertTrue(tree.containsKey("/kept") && tree.containsKey("/after"), tree.toString());
                assertTrue(!tree.containsKey("/never-0"), tree.toString());
                client.zk().create("/" + leader.id(), null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                Trees.assertEqual(ensemble);
            }
        }
    }

    @Test
    void aSessionMovesBetweenTheKindsAndKeepsItsEphemerals() throws Exception {
        try (Ensemble ensemble = Ensemble.of(directory, OURS, APACHE, OURS).startAll()) {
            List<Integer> journey = List.of(1, 2, 3, 2, 1);
            Client at = Client.connect(ensemble.member(1).connectString());
            long session = at.zk().getSessionId();
            byte[] password = at.zk().getSessionPasswd();
            try (Client watcher = Client.connect(ensemble.member(3).connectString())) {
                at.zk().create("/alive", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
                for (int id : journey) {
                    Client next = Client.attach(ensemble.member(id).connectString(), session, password);
                    next.await(KeeperState.SyncConnected);
                    assertEquals(session, next.zk().getSessionId());
                    assertEquals(session, next.zk().exists("/alive", false).getEphemeralOwner());
                    next.zk().create("/at-" + id, null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL);
                }
                at = Client.attach(ensemble.member(3).connectString(), session, password);
                at.await(KeeperState.SyncConnected);
                assertNotNull(watcher.zk().exists("/alive", true));
                at.zk().close();
                assertEquals("/alive", watcher.nextNodeEvent().getPath());
            } finally {
                at.close();
            }
            Trees.assertEqual(ensemble);
        }
    }

    @ParameterizedTest
    @CsvSource({"OURS, OURS, APACHE", "APACHE, APACHE, OURS"})
    void anObserverOfTheOtherKindServesReadsAndWrites(Member.Kind first, Member.Kind second, Member.Kind third)
            throws Exception {
        try (Ensemble ensemble =
                        Ensemble.of(directory, first, second, third).observer(3).startAll();
                Ledger ledger = Ledger.start(ensemble.member(3).connectString(), 1)) {
            assertEquals("observer", ensemble.member(3).mode());
            ledger.awaitMore(100, ensemble);
            ensemble.member(3).kill();
            ensemble.start(3);
            ensemble.awaitAll();
            ledger.awaitMore(100, ensemble);
            ledger.stop(ensemble);
            ensemble.assertHolds(ledger, "observer");
        }
    }
}
