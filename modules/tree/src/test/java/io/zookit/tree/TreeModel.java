package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.OpCode;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The rules of the tree told once more, as simply as can be: a sorted map from path to facts, scanned for everything. */
final class TreeModel {
    final Map<String, Node> nodes = new TreeMap<>();

    record Node(PersistedStat stat, byte[] data, List<Acl> acl) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Node node
                    && stat.equals(node.stat)
                    && acl.equals(node.acl)
                    && Arrays.equals(data, node.data);
        }

        @Override
        public int hashCode() {
            return stat.hashCode();
        }

        @Override
        public String toString() {
            return stat + " " + Arrays.toString(data) + " " + acl;
        }
    }

    static TreeModel fresh() {
        TreeModel model = new TreeModel();
        PersistedStat zero = new PersistedStat(0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota")) {
            model.nodes.put(path, new Node(zero, new byte[0], Acl.OPEN_UNSAFE));
        }
        PersistedStat config = new PersistedStat(0, 0, 0, 0, 0, 0, -1, 0, 0);
        model.nodes.put("/zookeeper/config", new Node(config, new byte[0], Acl.READ_UNSAFE));
        return model;
    }

    TreeModel copy() {
        TreeModel copy = new TreeModel();
        copy.nodes.putAll(nodes);
        return copy;
    }

    Map<String, Integer> childCounts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String path : nodes.keySet()) {
            if (!path.equals("/")) {
                counts.merge(ZnodePath.parent(path), 1, Integer::sum);
            }
        }
        return counts;
    }

    List<String> ephemerals(long session) {
        List<String> paths = new ArrayList<>();
        nodes.forEach((path, node) -> {
            if (session != 0 && node.stat.ephemeralOwner() == session) {
                paths.add(path);
            }
        });
        return paths;
    }

    long digest() {
        long sum = 0;
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            String path = entry.getKey();
            if (path.startsWith("/zookeeper/")) {
                continue;
            }
            CRC32 crc = new CRC32();
            crc.update(path.equals("/") ? new byte[0] : path.getBytes(StandardCharsets.UTF_8));
            Node node = entry.getValue();
            if (node.data != null) {
                crc.update(node.data);
            }
            PersistedStat stat = node.stat;
            ByteBuffer bytes = ByteBuffer.allocate(60);
            bytes.putLong(stat.czxid()).putLong(stat.mzxid()).putLong(stat.pzxid());
            bytes.putLong(stat.ctime()).putLong(stat.mtime());
            bytes.putInt(stat.version()).putInt(stat.cversion()).putInt(stat.aversion());
            bytes.putLong(stat.ephemeralOwner());
            crc.update(bytes.array());
            sum += crc.getValue();
        }
        return sum;
    }

    void apply(TxnHeader header, Txn txn) {
        if (txn instanceof Txn.Create create) {
            create(header, create);
        } else if (txn instanceof Txn.Delete delete) {
            delete(header.zxid(), delete.path());
        } else if (txn instanceof Txn.SetData set) {
            Node node = nodes.get(set.path());
            if (node != null) {
                PersistedStat s = node.stat;
                PersistedStat now = new PersistedStat(
                        s.czxid(),
                        header.zxid(),
                        s.ctime(),
                        header.timeMillis(),
                        set.version(),
                        s.cversion(),
                        s.aversion(),
                        s.ephemeralOwner(),
                        s.pzxid());
                nodes.put(set.path(), new Node(now, set.data(), node.acl));
            }
        } else if (txn instanceof Txn.SetAcl set) {
            Node node = nodes.get(set.path());
            if (node != null) {
                PersistedStat s = node.stat;
                PersistedStat now = new PersistedStat(
                        s.czxid(),
                        s.mzxid(),
                        s.ctime(),
                        s.mtime(),
                        s.version(),
                        s.cversion(),
                        set.aversion(),
                        s.ephemeralOwner(),
                        s.pzxid());
                nodes.put(set.path(), new Node(now, node.data, set.acl()));
            }
        } else if (txn instanceof Txn.CloseSession close) {
            if (close.paths() != null) {
                close.paths().forEach(path -> delete(header.zxid(), path));
            }
            ephemerals(header.sessionId()).forEach(path -> delete(header.zxid(), path));
        } else if (txn instanceof Txn.Multi multi && !multi.isRejected()) {
            multi.parts().forEach(part -> apply(header, part));
        }
    }

    private void create(TxnHeader header, Txn.Create create) {
        String path = create.path();
        String parentPath = ZnodePath.parent(path);
        Node parent = nodes.get(parentPath);
        if (parent == null) {
            return;
        }
        Node existing = nodes.get(path);
        int cversion = create.parentCversion();
        if (existing != null) {
            nodes.put(path, new Node(existing.stat, existing.data, create.acl()));
            parent = nodes.get(parentPath);
        } else {
            cversion = cversion == -1 ? parent.stat.cversion() + 1 : cversion;
            long owner = create.ephemeral() ? header.sessionId() : 0;
            owner = create.type() == OpCode.CREATE_CONTAINER ? EphemeralOwner.CONTAINER : owner;
            owner = create.type() == OpCode.CREATE_TTL ? EphemeralOwner.ofTtl(create.ttlMillis()) : owner;
            long zxid = header.zxid();
            long time = header.timeMillis();
            nodes.put(
                    path,
                    new Node(
                            new PersistedStat(zxid, zxid, time, time, 0, 0, 0, owner, zxid),
                            create.data(),
                            create.acl()));
        }
        if (cversion > parent.stat.cversion()) {
            setChildFacts(parentPath, parent, cversion, header.zxid());
        }
    }

    private void setChildFacts(String path, Node node, int cversion, long pzxid) {
        PersistedStat s = node.stat;
        PersistedStat now = new PersistedStat(
                s.czxid(),
                s.mzxid(),
                s.ctime(),
                s.mtime(),
                s.version(),
                cversion,
                s.aversion(),
                s.ephemeralOwner(),
                pzxid);
        nodes.put(path, new Node(now, node.data, node.acl));
    }

    private void delete(long zxid, String path) {
        Node parent = path.equals("/") ? null : nodes.get(ZnodePath.parent(path));
        if (parent != null) {
            setChildFacts(ZnodePath.parent(path), parent, parent.stat.cversion(), Math.max(zxid, parent.stat.pzxid()));
            nodes.remove(path);
            nodes.keySet().removeIf(other -> other.startsWith(path + "/"));
        }
    }

    /** What a real tree holds, told in the same way. */
    static TreeModel of(DataTree tree) {
        TreeModel model = new TreeModel();
        List<String> left = new ArrayList<>(List.of("/"));
        while (!left.isEmpty()) {
            String path = left.remove(left.size() - 1);
            Znode node = tree.find(path);
            model.nodes.put(path, of(node));
            node.children(name -> left.add(ZnodePath.child(path, name)));
        }
        return model;
    }

    static Node of(PendingZnode node) {
        return new Node(node.persistedStat(), data(node), node.acl());
    }

    static byte[] data(PendingZnode node) {
        return node.dataLength() < 0
                ? null
                : Arrays.copyOfRange(node.content(), node.dataOffset(), node.dataOffset() + node.dataLength());
    }
}
