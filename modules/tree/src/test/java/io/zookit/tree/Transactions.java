package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Random transactions as a leader would propose them, with some that no leader would. */
final class Transactions {
    static final long[] SESSIONS = {0x1_0000_0001L, 0x1_0000_0002L, 0x1_0000_0003L};
    private static final String[] NAMES = {"a", "b", "c", "node-0000000001", "é", "漢字", "zookeeper", "x".repeat(200)};

    private final Random random;
    private final Function<String, PendingZnode> view;
    private long zxid;

    /**
     * A source of transactions.
     *
     * @param view what a leader would look at
     */
    Transactions(Random random, long zxid, Function<String, PendingZnode> view) {
        this.random = random;
        this.zxid = zxid;
        this.view = view;
    }

    TxnHeader nextHeader() {
        zxid++;
        return new TxnHeader(SESSIONS[random.nextInt(SESSIONS.length)], random.nextInt(), zxid, 1_000_000 + zxid * 3);
    }

    String path() {
        StringBuilder path = new StringBuilder();
        int depth = 1 + random.nextInt(4);
        for (int i = 0; i < depth; i++) {
            path.append('/').append(NAMES[random.nextInt(NAMES.length)]);
        }
        return path.toString();
    }

    List<Acl> acl() {
        return switch (random.nextInt(4)) {
            case 0 -> Acl.READ_UNSAFE;
            case 1 -> List.of(new Acl(Permissions.ALL, new Id("digest", "user" + random.nextInt(3) + ":hash")));
            default -> List.of(new Acl(Permissions.ALL, Id.ANYONE));
        };
    }

    byte[] data() {
        if (random.nextInt(8) == 0) {
            return null;
        }
        byte[] data = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(60)];
        random.nextBytes(data);
        return data;
    }

    /** One change that fits the view; no leader's view shows a child below an ephemeral, ours may. */
    Txn next() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> delete();
            case 3, 4, 5, 6 -> setData();
            case 7, 8 -> new Txn.SetAcl(path(), acl(), random.nextInt(1000));
            case 9 -> new Txn.Check(path(), random.nextInt());
            case 10 -> new Txn.Rejected(-101);
            case 11 -> new Txn.CreateSession(4000);
            default -> create();
        };
    }

    Txn create() {
        String path = path();
        PendingZnode parent = view.apply(ZnodePath.parent(path));
        int cversion = parent == null || random.nextInt(30) == 0 ? -1 : parent.cversion() + 1;
        return switch (random.nextInt(8)) {
            case 0 -> new Txn.Create(OpCode.CREATE_CONTAINER, path, data(), acl(), false, 0, cversion);
            case 1 -> new Txn.Create(OpCode.CREATE_TTL, path, data(), acl(), false, 1 + random.nextInt(9), cversion);
            case 2, 3 -> new Txn.Create(OpCode.CREATE2, path, data(), acl(), true, 0, cversion);
            default -> new Txn.Create(OpCode.CREATE, path, data(), acl(), false, 0, cversion);
        };
    }

    private Txn delete() {
        for (int i = 0; i < 10; i++) {
            String path = path();
            PendingZnode node = view.apply(path);
            if ((node == null || node.childCount() == 0) && !ZnodePath.isReserved(path)) {
                return new Txn.Delete(OpCode.DELETE, path);
            }
        }
        return new Txn.Rejected(-111);
    }

    private Txn setData() {
        String path = path();
        PendingZnode node = view.apply(path);
        return new Txn.SetData(OpCode.SET_DATA, path, data(), node == null ? 7 : node.version() + 1);
    }

    /** The end of a session, leaving out a few of its childless ephemerals from the list. */
    Txn closeSession(List<String> ephemerals) {
        List<String> listed = new ArrayList<>(ephemerals);
        listed.removeIf(path -> random.nextInt(5) == 0);
        return new Txn.CloseSession(random.nextInt(5) == 0 ? null : listed);
    }

    static boolean isTtlOrContainer(long owner) {
        return owner != 0 && !EphemeralOwner.isSession(owner);
    }
}
