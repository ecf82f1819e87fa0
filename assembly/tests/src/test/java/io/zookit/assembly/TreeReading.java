package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Quotas;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * All a client can read of a tree, as text by path: data, stat and ACL. Hundreds of znodes are asked for at a time. What servers write for
 * themselves is left out: the configuration, and use against quotas.
 */
final class TreeReading {
    private static final int IN_FLIGHT_MAX = 300;
    /** An answer about nobody: the walk is over. */
    private static final Znode END = new Znode("", "", List.of());

    private record Znode(String path, String line, List<String> children) {}

    private final ZooKeeper client;
    private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);
    private final BlockingQueue<Znode> answers = new LinkedBlockingQueue<>();

    private TreeReading(ZooKeeper client) {
        this.client = client;
    }

    static Map<String, String> of(ZooKeeper client) throws InterruptedException {
        return new TreeReading(client).read();
    }

    /** Compares two trees, and names the first znode that is not the same in both. */
    static void assertSame(Map<String, String> expected, Map<String, String> found) {
        if (!digest(expected).equals(digest(found))) {
            expected.forEach((path, line) -> assertEquals(line, found.get(path), path));
            found.forEach((path, line) -> assertEquals(expected.get(path), line, path));
        }
        assertEquals(expected.size(), found.size());
    }

    /** One number for a whole tree. */
    static String digest(Map<String, String> tree) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            tree.forEach((path, line) -> digest.update((path + " " + line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> read() throws InterruptedException {
        Map<String, String> all = new TreeMap<>();
        ask("/");
        for (int open = 1; open > 0; open--) {
            Znode znode = answers.poll(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertTrue(znode != null && znode != END, "a read was not answered, or with an error");
            all.put(znode.path(), znode.line());
            for (String child : znode.children()) {
                String path = (znode.path().equals("/") ? "" : znode.path()) + "/" + child;
                if (!path.equals("/zookeeper/config") && !path.endsWith("/" + Quotas.statNode)) {
                    ask(path);
                    open++;
                }
            }
        }
        return all;
    }

    /** The replies of a session come in order, so the last one knows all three. */
    private void ask(String path) throws InterruptedException {
        room.acquire();
        StringBuilder line = new StringBuilder();
        client.getData(path, false, (code, of, context, data, stat) -> line.append(text(code, data, stat)), null);
        if (!path.startsWith("/zookeeper")) {
            client.getACL(path, null, (code, of, context, acl, stat) -> line.append(text(code, acl)), null);
        }
        client.getChildren(
                path,
                false,
                (code, of, context, children) -> {
                    room.release();
                    boolean right = code == KeeperException.Code.OK.intValue() && line.indexOf("error") < 0;
                    answers.add(right ? new Znode(path, line.toString(), children) : END);
                },
                null);
    }

    private static String text(int code, byte[] data, Stat stat) {
        if (code != KeeperException.Code.OK.intValue()) {
            return "error " + code;
        }
        String text = data == null ? "null" : HexFormat.of().formatHex(data);
        return text + " " + stat.toString().strip().replace("\n", " ") + " ";
    }

    private static String text(int code, List<ACL> acl) {
        return code == KeeperException.Code.OK.intValue() ? acl.toString().replace("\n", " ") : "error " + code;
    }
}
