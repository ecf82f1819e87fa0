package io.zookit.consensus.zab;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** A client of Apache's servers that tries again until it gets its answer. */
final class ApacheClient implements AutoCloseable {
    private static final int SESSION_TIMEOUT_MILLIS = 4000;

    private final ZooKeeper client;

    ApacheClient(ApacheServer server) {
        try {
            client = new ZooKeeper(server.clientAddress(), SESSION_TIMEOUT_MILLIS, event -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a znode; it is there when this returns. */
    void create(String path) {
        Waiting.until(() -> tryCreate(path), () -> path + " is created; the client is " + client.getState());
    }

    private boolean tryCreate(String path) {
        try {
            client.create(path, new byte[] {1}, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            return true;
        } catch (KeeperException.NodeExistsException e) {
            return true;
        } catch (KeeperException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    void awaitExists(String path) {
        Waiting.until(() -> exists(path), () -> path + " is seen; the client is " + client.getState());
    }

    private boolean exists(String path) {
        try {
            return client.exists(path, false) != null;
        } catch (KeeperException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            client.close(1000);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
