package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AsyncCallback.DataCallback;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Quotas;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/** Reads everything a server shows its clients. */
final class Trees {
    /** Znodes that are asked for before the answers are waited for. */
    private static final int SENT_MAX = 1_000;

    private Trees() {}

    /** Waits until every server of an ensemble that serves shows the same: paths, data, stats and ACLs. */
    static Map<String, String> assertEqual(Ensemble ensemble) throws Exception {
        Map<String, String> first = null;
        String firstName = "";
        for (Member member : ensemble.members()) {
            if (member.serves()) {
                String name = "server " + member.id() + ", " + member.kind() + ", " + member.mode();
                try (Client client = Client.connect(member.connectString())) {
                    Znodes.authenticate(client.zk());
                    Map<String, String> read = read(client.zk());
                    if (first == null) {
                        first = read;
                        firstName = name;
                    }
                    List<String> differences = differences(first, read, firstName, name);
                    assertEquals(List.of(), differences, ensemble::text);
                }
            }
        }
        return first;
    }

    private static List<String> differences(
            Map<String, String> expected, Map<String, String> read, String expectedName, String name) {
        List<String> differences = new ArrayList<>();
        expected.forEach((path, line) -> {
            if (!line.equals(read.get(path))) {
                differences.add(path + ": " + line + " at " + expectedName + ", " + read.get(path) + " at " + name);
            }
        });
        read.keySet().stream()
                .filter(path -> !expected.containsKey(path))
                .forEach(path -> differences.add(path + " is only at " + name));
        return differences.subList(0, Math.min(differences.size(), 10));
    }

    /** All there is, as text by path, no older than this call. What a server writes for itself is left out. */
    static Map<String, String> read(ZooKeeper server) throws Exception {
        CompletableFuture<Integer> synced = new CompletableFuture<>();
        server.sync("/", (code, path, context) -> synced.complete(code), null);
        assertEquals(Code.OK.intValue(), get(synced), "sync");
        Map<String, String> all = new TreeMap<>();
        List<String> level = List.of("/");
        while (!level.isEmpty()) {
            List<String> below = new ArrayList<>();
            for (int begin = 0; begin < level.size(); begin += SENT_MAX) {
                below.addAll(read(server, level.subList(begin, Math.min(begin + SENT_MAX, level.size())), all));
            }
            level = below;
        }
        return all;
    }

    /** Reads znodes, and returns their children. */
    private static List<String> read(ZooKeeper server, List<String> paths, Map<String, String> all) throws Exception {
        List<CompletableFuture<String>> lines = new ArrayList<>();
        List<CompletableFuture<List<String>>> children = new ArrayList<>();
        for (String path : paths) {
            lines.add(line(server, path));
            CompletableFuture<List<String>> names = new CompletableFuture<>();
            server.getChildren(
                    path,
                    false,
                    (code, at, context, found) -> {
                        if (code == Code.OK.intValue()) {
                            names.complete(found);
                        } else {
                            names.completeExceptionally(KeeperException.create(Code.get(code), at));
                        }
                    },
                    null);
            children.add(names);
        }
        List<String> below = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            all.put(path, get(lines.get(i)));
            for (String child : get(children.get(i))) {
                String childPath = path.equals("/") ? "/" + child : path + "/" + child;
                if (!childPath.equals("/zookeeper/config") && !child.equals(Quotas.statNode)) {
                    below.add(childPath);
                }
            }
        }
        return below;
    }

    private static CompletableFuture<String> line(ZooKeeper server, String path) {
        CompletableFuture<String> line = new CompletableFuture<>();
        DataCallback callback = (code, at, context, data, stat) -> line.complete(
                code == Code.OK.intValue() ? text(data, stat) : Code.get(code).toString());
        server.getData(path, false, callback, null);
        if (path.startsWith("/zookeeper")) {
            return line;
        }
        CompletableFuture<String> list = new CompletableFuture<>();
        server.getACL(path, new Stat(), (code, at, context, acl, stat) -> list.complete(String.valueOf(acl)), null);
        return line.thenCombine(list, (one, other) -> one + " " + other.replace("\n", " "));
    }

    private static String text(byte[] data, Stat stat) {
        String content = data == null ? "null" : HexFormat.of().formatHex(data);
        return content + " " + stat.toString().strip().replace("\n", " ");
    }

    private static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
