package io.zookit.junit;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** Apache's client, and what it was told of its connection. */
final class Client implements AutoCloseable {
    private static final int SESSION_TIMEOUT_MILLIS = 20_000;
    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    private final ZooKeeper zooKeeper;

    private Client(String connectString) throws IOException {
        zooKeeper = new ZooKeeper(connectString, SESSION_TIMEOUT_MILLIS, event -> {
            if (event.getPath() == null) {
                states.add(event.getState());
            }
        });
    }

    static Client connect(String connectString) throws Exception {
        Client client = new Client(connectString);
        client.awaitState(KeeperState.SyncConnected);
        return client;
    }

    /** Waits until the next change of the connection, which has to be this one. */
    void awaitState(KeeperState expected) throws InterruptedException {
        KeeperState next = states.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(next, "nothing happened while waiting for " + expected);
        if (next != expected) {
            fail("the connection is " + next + " and not " + expected);
        }
    }

    ZooKeeper zooKeeper() {
        return zooKeeper;
    }

    long sessionId() {
        return zooKeeper.getSessionId();
    }

    void create(String path, CreateMode mode) throws Exception {
        zooKeeper.create(path, new byte[] {1}, ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
    }

    /** Waits until the server of this client knows all that was written before, by whomever. */
    void sync() throws InterruptedException {
        CountDownLatch synced = new CountDownLatch(1);
        zooKeeper.sync("/", (code, path, context) -> synced.countDown(), null);
        assertTrue(synced.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "sync was not answered");
    }

    /** Creates a znode, again and again until no connection is lost meanwhile. */
    void writeThrough(String path) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                create(path, CreateMode.PERSISTENT);
                return;
            } catch (KeeperException.ConnectionLossException lost) {
                assertTrue(System.nanoTime() < end, "no connection lasts");
            } catch (KeeperException.NodeExistsException before) {
                return;
            }
        }
    }

    boolean exists(String path) throws Exception {
        return zooKeeper.exists(path, false) != null;
    }

    @Override
    public void close() {
        try {
            zooKeeper.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(interrupted);
        }
    }
}
