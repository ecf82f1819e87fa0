package io.zookit.consensus.zab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** A client of Apache's servers that tries again until it gets its answer. */
final class ApacheClient implements AutoCloseable {
    private static final int SESSION_TIMEOUT_MILLIS = 4000;

    private final ZooKeeperAdmin client;
    private String refusal = "none";

    ApacheClient(ApacheServer server) {
        try {
            client = new ZooKeeperAdmin(server.clientAddress(), SESSION_TIMEOUT_MILLIS, event -> {});
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

    /** Changes the members of the ensemble; it is done when this returns. */
    void reconfigure(@Nullable String joining, @Nullable String leaving) {
        Waiting.until(
                () -> tryReconfigure(joining, leaving),
                () -> "the members change; the client is " + client.getState() + ", the last refusal " + refusal);
    }

    private boolean tryReconfigure(@Nullable String joining, @Nullable String leaving) {
        try {
            client.reconfigure(joining, leaving, null, -1, new Stat());
            return true;
        } catch (KeeperException e) {
            refusal = e.toString();
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits until the server says that these are the members. */
    void awaitMembers(String... lines) {
        Waiting.until(() -> config().containsAll(List.of(lines)), () -> "the members are known: " + config());
    }

    private List<String> config() {
        try {
            return new String(client.getConfig(false, new Stat()), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (KeeperException e) {
            return List.of();
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
