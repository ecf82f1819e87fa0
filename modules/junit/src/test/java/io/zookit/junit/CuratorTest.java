package io.zookit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same for programs that use Curator, with one server for each test. */
class CuratorTest {
    @RegisterExtension
    final ZookitExtension zookit = ZookitExtension.standalone();

    private CuratorFramework connect() throws InterruptedException {
        CuratorFramework client = CuratorFrameworkFactory.newClient(zookit.connectString(), new RetryOneTime(100));
        client.start();
        assertTrue(client.blockUntilConnected(30, TimeUnit.SECONDS));
        return client;
    }

    @Test
    void theNextOneLeadsWhenTheLeadersSessionExpires() throws Exception {
        try (CuratorFramework one = connect();
                CuratorFramework other = connect();
                LeaderLatch first = new LeaderLatch(one, "/leader");
                LeaderLatch second = new LeaderLatch(other, "/leader")) {
            first.start();
            first.await();
            second.start();

            zookit.expireSession(one.getZookeeperClient().getZooKeeper().getSessionId());

            assertTrue(second.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void aCutConnectionIsSuspendedAndReconnected() throws Exception {
        try (CuratorFramework client = connect()) {
            client.create().forPath("/kept", new byte[] {7});
            CountDownLatch suspended = new CountDownLatch(1);
            CountDownLatch reconnected = new CountDownLatch(1);
            client.getConnectionStateListenable().addListener((unused, state) -> {
                if (state == ConnectionState.SUSPENDED) {
                    suspended.countDown();
                } else if (state == ConnectionState.RECONNECTED) {
                    reconnected.countDown();
                }
            });

            zookit.cutConnections();

            assertTrue(suspended.await(30, TimeUnit.SECONDS));
            assertTrue(reconnected.await(30, TimeUnit.SECONDS));
            assertEquals(7, client.getData().forPath("/kept")[0]);
        }
    }
}
