package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryForever;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions belong to the ensemble, not to a server. */
@Timeout(600)
class EnsembleSessionsIT {
    private static final int SESSION_TIMEOUT_MILLIS = 30_000;

    @TempDir
    Path directory = Path.of("");

    @Test
    void clientsKeepTheirSessionsThroughARollingRestartAndThroughAnEndOfAllServers() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).startAll();
                Client client = ensemble.client();
                CuratorFramework curator = curator(ensemble)) {
            List<ConnectionState> states = new CopyOnWriteArrayList<>();
            curator.getConnectionStateListenable().addListener((framework, state) -> states.add(state));
            curator.start();
            curator.create().withMode(CreateMode.EPHEMERAL).forPath("/of-curator");
            long ofCurator = curator.getZookeeperClient().getZooKeeper().getSessionId();
            client.zk().create("/of-client", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            client.zk().create("/watched", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            long session = client.zk().getSessionId();

            for (Member member : ensemble.members()) {
                member.end();
                ensemble.start(member.id());
                ensemble.awaitAll();
            }
            assertAlive(ensemble, session, ofCurator);

            assertNotNull(retried(client, "/watched"));
            for (Member member : ensemble.members()) {
                member.end();
            }
            for (Member member : ensemble.members()) {
                ensemble.start(member.id());
            }
            ensemble.awaitAll();
            assertAlive(ensemble, session, ofCurator);

            try (Client other = ensemble.client()) {
                other.zk().setData("/watched", Client.bytes("changed"), -1);
            }
            assertEquals(EventType.NodeDataChanged, client.nextNodeEvent().getType());
            assertEquals(session, client.zk().getSessionId());
            assertEquals(ofCurator, curator.getZookeeperClient().getZooKeeper().getSessionId());
            assertTrue(!states.contains(ConnectionState.LOST), states.toString());
        }
    }

    /** Sets a watch, as soon as there is a connection. */
    private static Object retried(Client client, String path) throws Exception {
        Waiting.until(
                () -> client.zk().getState().isConnected(),
                () -> "the client is connected, not " + client.zk().getState());
        return client.zk().exists(path, true);
    }

    private static void assertAlive(Ensemble ensemble, long session, long ofCurator) throws Exception {
        for (Member member : ensemble.members()) {
            try (Client client = Client.connect(member.connectString())) {
                client.zk().sync("/", (code, path, context) -> {}, null);
                assertEquals(session, client.zk().exists("/of-client", false).getEphemeralOwner());
                assertEquals(ofCurator, client.zk().exists("/of-curator", false).getEphemeralOwner());
            }
        }
    }

    private static CuratorFramework curator(Ensemble ensemble) {
        return CuratorFrameworkFactory.builder()
                .connectString(ensemble.connectString())
                .sessionTimeoutMs(SESSION_TIMEOUT_MILLIS)
                .connectionTimeoutMs(SESSION_TIMEOUT_MILLIS)
                .retryPolicy(new RetryForever(100))
                .build();
    }
}
