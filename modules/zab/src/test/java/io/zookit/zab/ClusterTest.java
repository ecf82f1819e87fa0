package io.zookit.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.zookit.model.Zxid;
import io.zookit.wire.PeerState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole ensembles in one thread. */
class ClusterTest {
    private static final ZabSettings SETTINGS =
            ZabSettings.of(0, Cluster.TICK_MILLIS, 10, 5).withHistory(8, 1 << 20, 20);

    private static final Membership FIVE_AND_ONE = Membership.parse("""
            server.1=a:1:2
            server.2=b:1:2
            server.3=c:1:2
            server.4=d:1:2
            server.5=e:1:2
            server.6=f:1:2:observer""");

    @Test
    void threeServersElectTheGreatestIdAndServe() {
        Cluster cluster = started(1, Cluster.threeVoters());

        assertEquals(3, cluster.served(), cluster.trace.toString());
        assertEquals(1, cluster.leader().servedEpoch);
    }

    @Test
    void whatIsProposedReachesEverybody() {
        Cluster cluster = started(2, Cluster.threeVoters());
        for (int i = 0; i < 30; i++) {
            cluster.leader().propose("t" + i);
        }
        cluster.run(1000);

        for (Cluster.Server server : cluster.servers.values()) {
            assertEquals(Zxid.of(1, 30), server.applied, () -> server.id + "\n" + cluster.trace);
        }
    }

    @Test
    void anObserverHearsEverythingAndCountsNothing() {
        Cluster cluster =
                started(3, Membership.parse("server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2\nserver.4=d:1:2:observer"));
        assertEquals(PeerState.OBSERVING, cluster.servers.get(4L).served);
        cluster.leader().propose("one");
        cluster.run(1000);
        assertEquals(Zxid.of(1, 1), cluster.servers.get(4L).applied);

        long leader = cluster.leader().id;
        for (long id : List.of(1L, 2L, 3L)) {
            if (id != leader) {
                cluster.servers.get(id).crash();
            }
        }
        cluster.servers.get(leader).propose("two");
        cluster.run(200);
        assertEquals(Zxid.of(1, 1), cluster.servers.get(4L).applied);
    }

    @Test
    void aLeaderCountsItsLearnersAndTheOthersHaveNone() {
        Cluster cluster =
                started(9, Membership.parse("server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2\nserver.4=d:1:2:observer"));
        Cluster.Server leader = cluster.leader();
        assertEquals(new LearnerCounts(3, 2, 0, 1, 0), leader.node.learnerCounts());
        for (Cluster.Server server : cluster.servers.values()) {
            if (server != leader) {
                assertEquals(LearnerCounts.NONE, server.node.learnerCounts());
            }
        }
        leader.node.sync();
        assertEquals(1, leader.node.learnerCounts().pendingSyncs());
        cluster.run(100);
        assertEquals(0, leader.node.learnerCounts().pendingSyncs());

        cluster.servers.get(4L).crash();
        cluster.run(1000);
        assertEquals(new LearnerCounts(2, 2, 0, 0, 0), leader.node.learnerCounts());
    }

    @Test
    void aServerAloneLeadsItself() {
        Cluster cluster = started(4, Membership.parse("server.7=a:1:2"));
        cluster.leader().propose("one");
        cluster.leader().node.sync();
        cluster.run(100);
        assertEquals(Zxid.of(1, 1), cluster.servers.get(7L).applied);
        assertEquals(1, cluster.servers.get(7L).synced);
    }

    @Test
    void fullEpochsEndAndTheNextBegins() {
        ZabSettings short_ = SETTINGS.withBounds(1 << 20, 10);
        Cluster cluster = new Cluster(5, Cluster.threeVoters(), short_);
        cluster.servers.values().forEach(Cluster.Server::start);
        cluster.run(3000);
        for (int i = 0; i < 100; i++) {
            Cluster.Server leader = cluster.leader();
            if (leader != null) {
                leader.propose("t" + i);
            }
            cluster.run(50);
        }
        cluster.run(3000);
        assertNotNull(cluster.leader(), cluster.trace.toString());
        assertEquals(true, cluster.leader().servedEpoch > 3, cluster.trace.toString());
    }

    /** Crashes, partitions and load at random; then everything is healed, and all servers agree. */
    @Test
    void nothingCommittedIsLostWhateverHappens() {
        for (long seed = 1; seed <= 120; seed++) {
            Cluster cluster = new Cluster(seed, seed % 3 == 0 ? FIVE_AND_ONE : Cluster.threeVoters(), SETTINGS);
            try {
                torment(cluster);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + "\n" + cluster.trace, e);
            }
        }
    }

    private static void torment(Cluster cluster) {
        cluster.servers.values().forEach(Cluster.Server::start);
        for (int round = 0; round < 60; round++) {
            torment(cluster, round);
        }
        for (long id : List.copyOf(cluster.isolated)) {
            cluster.isolated.remove(id);
        }
        for (Cluster.Server server : cluster.servers.values()) {
            if (!server.up) {
                server.start();
            }
        }
        cluster.run(20_000);
        assertEquals(cluster.servers.size(), cluster.served(), "served");
        cluster.leader().propose("last");
        cluster.run(2000);
        for (Cluster.Server server : cluster.servers.values()) {
            assertEquals(cluster.history.lastKey(), server.applied, () -> "server " + server.id);
        }
    }

    private static void torment(Cluster cluster, int round) {
        int dice = cluster.random.nextInt(100);
        long id = 1 + cluster.random.nextInt(cluster.servers.size());
        Cluster.Server server = cluster.servers.get(id);
        if (dice < 12) {
            if (server.up) {
                server.crash();
            }
        } else if (dice < 35) {
            if (!server.up) {
                server.start();
            }
        } else if (dice < 42) {
            if (server.up && cluster.isolated.isEmpty()) {
                cluster.isolate(id);
            }
        } else if (dice < 55) {
            cluster.isolated.clear();
        } else {
            for (int i = cluster.random.nextInt(20); i > 0; i--) {
                for (Cluster.Server any : cluster.servers.values()) {
                    if (any.up) {
                        any.propose("r" + round + "." + i + " of " + any.id);
                    }
                }
            }
        }
        for (int i = cluster.random.nextInt(30); i > 0; i--) {
            cluster.step();
        }
        if (cluster.random.nextBoolean()) {
            cluster.run(cluster.random.nextInt(1500));
        }
    }

    private static Cluster started(long seed, Membership membership) {
        Cluster cluster = new Cluster(seed, membership, SETTINGS);
        cluster.servers.values().forEach(Cluster.Server::start);
        cluster.run(3000);
        return cluster;
    }
}
