package io.zookit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test can do to its server, seen by Apache's client. */
class FaultsTest {
    @RegisterExtension
    static final ZookitExtension ZOOKIT = ZookitExtension.standalone();

    @Test
    void anExpiredSessionIsGoneWithItsEphemeralsWhenTheCallReturns() throws Exception {
        try (Client victim = Client.connect(ZOOKIT.connectString());
                Client other = Client.connect(ZOOKIT.connectString())) {
            victim.create("/here", CreateMode.EPHEMERAL);
            CountDownLatch fired = new CountDownLatch(1);
            other.zooKeeper().exists("/here", event -> fired.countDown());

            ZOOKIT.expireSession(victim.sessionId());

            assertFalse(other.exists("/here"));
            assertTrue(fired.await(30, TimeUnit.SECONDS));
            victim.awaitState(KeeperState.Disconnected);
            victim.awaitState(KeeperState.Expired);
        }
    }

    @Test
    void theSessionOfAClientThatIsAwayCanBeExpired() throws Exception {
        try (Client victim = Client.connect(ZOOKIT.connectString())) {
            ZOOKIT.stop();
            victim.awaitState(KeeperState.Disconnected);
            ZOOKIT.start();
            ZOOKIT.expireSession(victim.sessionId());
            assertThrows(IllegalArgumentException.class, () -> ZOOKIT.expireSession(victim.sessionId()));
        }
    }

    @Test
    void aSessionNobodyHasCannotBeExpired() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ZOOKIT.expireSession(0xabcL));
        assertTrue(refused.getMessage().contains("0xabc"), refused.getMessage());
    }

    @Test
    void aCutConnectionComesBackToItsSession() throws Exception {
        try (Client client = Client.connect(ZOOKIT.connectString())) {
            client.create("/cut", CreateMode.EPHEMERAL);
            long session = client.sessionId();

            assertTrue(ZOOKIT.cutConnections() >= 1);

            client.awaitState(KeeperState.Disconnected);
            client.awaitState(KeeperState.SyncConnected);
            assertEquals(session, client.sessionId());
            assertTrue(client.exists("/cut"));
        }
    }

    @Test
    void aRestartKeepsAddressDataAndSessions() throws Exception {
        try (Client client = Client.connect(ZOOKIT.connectString())) {
            client.create("/restart", CreateMode.PERSISTENT);
            client.create("/restart/mine", CreateMode.EPHEMERAL);
            String address = ZOOKIT.connectString();
            long session = client.sessionId();

            ZOOKIT.restart();

            client.awaitState(KeeperState.Disconnected);
            client.awaitState(KeeperState.SyncConnected);
            assertEquals(address, ZOOKIT.connectString());
            assertEquals(session, client.sessionId());
            assertTrue(client.exists("/restart/mine"));
        }
    }

    @Test
    void aStoppedServerSaysSoAndCanBeStarted() throws Exception {
        ZOOKIT.stop();
        ZOOKIT.stop();
        try {
            assertThrows(IllegalStateException.class, ZOOKIT::cutConnections);
            assertThrows(IllegalStateException.class, () -> ZOOKIT.expireSession(1));
        } finally {
            ZOOKIT.start();
        }
        ZOOKIT.start();
        Client.connect(ZOOKIT.connectString()).close();
    }

    /** JUnit tells the extension of nested classes, too. */
    @Nested
    class InANestedClass {
        @Test
        void theServerIsStillThere() throws Exception {
            Client.connect(ZOOKIT.connectString()).close();
        }
    }
}
