package io.zookit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test can do to an ensemble, seen by Apache's client. */
class ZookitEnsembleTest {
    @RegisterExtension
    static final ZookitEnsemble ZOOKIT = ZookitEnsemble.of(3);

    @AfterEach
    void heal() {
        ZOOKIT.heal();
    }

    private static Client connect(ZookitMember member) throws Exception {
        return Client.connect(member.connectString());
    }

    @Test
    void allServeFromTheBeginningAndOneLeads() throws Exception {
        assertEquals(
                List.of(1, 2, 3),
                ZOOKIT.members().stream().map(ZookitMember::id).toList());
        assertTrue(ZOOKIT.leader().isLeader());
        assertEquals(2, ZOOKIT.followers().size());
        assertFalse(ZOOKIT.followers().contains(ZOOKIT.leader()));
        for (ZookitMember member : ZOOKIT.members()) {
            try (Client client = connect(member)) {
                client.create("/at-" + member.id(), CreateMode.EPHEMERAL);
            }
        }
    }

    @Test
    void aLeaderIsCutOffAndTheOthersGoOn() throws Exception {
        ZookitMember old = ZOOKIT.leader();
        try (Client client = Client.connect(ZOOKIT.followers().get(0).connectString() + ","
                + ZOOKIT.followers().get(1).connectString())) {
            old.cut();

            ZookitMember next = ZOOKIT.leader();
            assertNotEquals(old, next);
            assertTrue(old.isCut());
            assertFalse(old.isLeader());
            client.awaitState(KeeperState.Disconnected);
            client.awaitState(KeeperState.SyncConnected);
            client.create("/while-cut-off", CreateMode.PERSISTENT);
        }

        old.join();

        try (Client atOld = connect(old)) {
            atOld.sync();
            assertTrue(atOld.exists("/while-cut-off"));
        }
    }

    @Test
    void aFollowerThatIsCutOffLosesItsClientsToTheOthers() throws Exception {
        ZookitMember follower = ZOOKIT.followers().get(0);
        try (Client client = Client.connect(ZOOKIT.connectString())) {
            client.create("/mine", CreateMode.EPHEMERAL);
            long session = client.sessionId();
            try (Client lost = connect(follower)) {
                follower.cut();
                lost.awaitState(KeeperState.Disconnected);
                assertFalse(follower.isLeader());
                follower.join();
                lost.awaitState(KeeperState.SyncConnected);
            }
            assertTrue(client.exists("/mine"));
            assertEquals(session, client.sessionId());
        }
    }

    @Test
    void aMemberThatWasStoppedHasWhatWasWrittenMeanwhile() throws Exception {
        for (ZookitMember member : ZOOKIT.members()) {
            member.stop();
            assertFalse(member.isRunning());
            String path = "/without-" + member.id();
            try (Client client = connect(ZOOKIT.leader())) {
                client.create(path, CreateMode.PERSISTENT);
            }

            member.start();

            try (Client client = connect(member)) {
                client.sync();
                assertTrue(client.exists(path));
            }
        }
    }

    @Test
    void dataAreStillThereWhenAllWereStopped() throws Exception {
        String connectString = ZOOKIT.connectString();
        try (Client client = Client.connect(connectString)) {
            client.create("/kept-by-all", CreateMode.PERSISTENT);
            client.create("/mine-over-a-restart", CreateMode.EPHEMERAL);
            ZOOKIT.members().forEach(ZookitMember::stop);
            client.awaitState(KeeperState.Disconnected);
            ZOOKIT.members().forEach(ZookitMember::start);

            client.awaitState(KeeperState.SyncConnected);
            assertEquals(connectString, ZOOKIT.connectString());
            assertTrue(client.exists("/kept-by-all"));
            assertTrue(client.exists("/mine-over-a-restart"));
        }
    }

    @Test
    void anExpiredSessionIsGoneAtAllMembersWhenTheCallReturns() throws Exception {
        for (ZookitMember member : ZOOKIT.members()) {
            try (Client victim = connect(member)) {
                victim.create("/here", CreateMode.EPHEMERAL);
                CountDownLatch fired = new CountDownLatch(1);
                try (Client watching = connect(ZOOKIT.leader())) {
                    watching.zooKeeper().exists("/here", event -> fired.countDown());

                    ZOOKIT.expireSession(victim.sessionId());

                    assertTrue(fired.await(30, TimeUnit.SECONDS));
                }
                for (ZookitMember other : ZOOKIT.members()) {
                    try (Client reading = connect(other)) {
                        assertFalse(reading.exists("/here"), "not synced, and gone all the same");
                    }
                }
                victim.awaitState(KeeperState.Disconnected);
                victim.awaitState(KeeperState.Expired);
            }
        }
    }

    @Test
    void aSessionOfAFollowersClientCanBeExpiredAsSoonAsItIsThereAndOnlyOnce() throws Exception {
        for (ZookitMember follower : ZOOKIT.followers()) {
            try (Client client = connect(follower)) {
                ZOOKIT.expireSession(client.sessionId());
                assertThrows(IllegalArgumentException.class, () -> ZOOKIT.expireSession(client.sessionId()));
            }
        }
    }

    @Test
    void clientsKeepTheirSessionsWhileMembersComeAndGo() throws Exception {
        try (Client client = Client.connect(ZOOKIT.connectString())) {
            client.create("/here-all-the-time", CreateMode.EPHEMERAL);
            for (ZookitMember member : ZOOKIT.members()) {
                member.restart();
                ZOOKIT.cutConnections();
                client.writeThrough("/restarted-" + member.id());
            }
            assertTrue(client.exists("/here-all-the-time"));
        }
    }

    @Test
    void withoutAMajorityNobodyServesAndNobodyWaits() throws Exception {
        ZookitMember first = ZOOKIT.members().get(0);
        ZookitMember second = ZOOKIT.members().get(1);
        ZookitMember third = ZOOKIT.members().get(2);
        try (Client client = connect(third)) {
            second.stop();
            first.cut();
            client.awaitState(KeeperState.Disconnected);
            assertFalse(third.isLeader());
            first.stop();
            first.start();
            second.start();
            client.awaitState(KeeperState.SyncConnected);
        }
        assertTrue(first.isCut(), "a restart does not join it");
        assertTrue(first.toString().contains("member 1 (looking, cut off, 127.0.0.1:"), first::toString);
    }

    @Test
    void aStoppedMemberSaysSo() {
        ZookitMember member = ZOOKIT.followers().get(0);
        member.stop();
        member.stop();
        assertThrows(IllegalStateException.class, member::cutConnections);
        assertTrue(member.toString().contains("stopped"), member::toString);
        member.start();
        member.start();
        assertTrue(member.isRunning());
    }

    @Test
    void anEnsembleHasAtLeastTwoMembers() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> ZookitEnsemble.of(1));
        assertTrue(refused.getMessage().contains("standalone"), refused.getMessage());
    }
}
