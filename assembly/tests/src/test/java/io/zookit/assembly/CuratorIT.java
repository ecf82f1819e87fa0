package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes most people use, as Curator has them. */
class CuratorIT {
    private static Server server;

    private final List<CuratorFramework> clients = new ArrayList<>();

    @BeforeAll
    static void startTheServer(@TempDir Path directory) throws Exception {
        server = Server.start(Distribution.built(), directory);
    }

    @AfterAll
    static void stopTheServer() throws Exception {
        server.close();
    }

    @AfterEach
    void closeTheClients() {
        clients.forEach(CuratorFramework::close);
    }

    @Test
    void aLockIsHeldByOneAtATime() throws Exception {
        int workers = 4;
        int turns = 25;
        int[] counter = {0};
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            InterProcessMutex lock = new InterProcessMutex(client(), "/lock");
            results.add(threads.submit(() -> {
                for (int turn = 0; turn < turns; turn++) {
                    assertTrue(lock.acquire(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
                    int before = counter[0];
                    Thread.yield();
                    counter[0] = before + 1;
                    lock.release();
                }
                return null;
            }));
        }
        for (Future<?> result : results) {
            result.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertEquals(workers * turns, counter[0]);
    }

    @Test
    void leadershipGoesToTheNextWhenTheLeaderLeaves() throws Exception {
        BlockingQueue<String> leaders = new LinkedBlockingQueue<>();
        List<LeaderLatch> latches = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            LeaderLatch latch = new LeaderLatch(client(), "/leader", id);
            latch.addListener(new LeaderLatchListener() {
                @Override
                public void isLeader() {
                    leaders.add(id);
                }

                @Override
                public void notLeader() {
                    // Who is next says so.
                }
            });
            latch.start();
            latches.add(latch);
        }
        List<String> order = new ArrayList<>();
        while (!latches.isEmpty()) {
            String leader = leaders.poll(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertTrue(leader != null, "nobody leads after " + order);
            order.add(leader);
            LeaderLatch latch = latches.stream()
                    .filter(candidate -> candidate.getId().equals(leader))
                    .findFirst()
                    .orElseThrow();
            assertTrue(latch.hasLeadership());
            latches.remove(latch);
            latch.close();
        }
        assertEquals(3, order.stream().distinct().count());
    }

    /** Curator has newer caches; this one lives on one-shot watches alone. */
    @Test
    @SuppressWarnings("deprecation")
    void aNodeCacheFollowsItsNode() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (var cache = new org.apache.curator.framework.recipes.cache.NodeCache(client(), "/cached/node")) {
            cache.getListenable()
                    .addListener(() -> seen.add(
                            cache.getCurrentData() == null
                                    ? "deleted"
                                    : Client.text(cache.getCurrentData().getData())));
            cache.start(true);
            CuratorFramework writer = client();
            writer.create().creatingParentContainersIfNeeded().forPath("/cached/node", Client.bytes("1"));
            assertEquals("1", seen.poll(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            writer.setData().forPath("/cached/node", Client.bytes("2"));
            assertEquals("2", seen.poll(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            writer.delete().forPath("/cached/node");
            assertEquals("deleted", seen.poll(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
    }

    private CuratorFramework client() throws InterruptedException {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(server.connectString())
                .sessionTimeoutMs(Client.SESSION_TIMEOUT_MILLIS)
                .retryPolicy(new RetryOneTime(100))
                .build();
        clients.add(client);
        client.start();
        assertTrue(client.blockUntilConnected((int) Running.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return client;
    }
}
