package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.Check;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The committed tree. Applying the same transactions in the same order gives the same tree and the same digest everywhere.
 *
 * <p>A transaction is never refused. When it cannot be done as it says, a history is being replayed on a tree that already holds
 * a part of it (a foreign snapshot may be fuzzy); then the facts about children only move forward, and at the end of the history
 * the tree is what it would have been.
 *
 * <p>Owned by one thread at a time.
 */
public final class DataTree {
    private static final byte[] NO_BYTES = new byte[0];

    private final TreeOptions options;
    private ZnodeStore znodes;
    private long lastZxid;
    private boolean loading;

    /** A fresh tree: the root and the znodes of the server itself, all facts zero. */
    public DataTree(TreeOptions options) {
        this.options = options;
        znodes = new ZnodeStore(options);
        Znode root = addBuiltIn(null, ZnodePath.ROOT, Acl.OPEN_UNSAFE, 0);
        Znode zookeeper = addBuiltIn(root, ZnodePath.ZOOKEEPER, Acl.OPEN_UNSAFE, 0);
        addBuiltIn(zookeeper, ZnodePath.QUOTA, Acl.OPEN_UNSAFE, 0);
        addConfig(zookeeper);
    }

    private Znode addConfig(Znode zookeeper) {
        return addBuiltIn(zookeeper, ZnodePath.CONFIG, Acl.READ_UNSAFE, -1);
    }

    private Znode addBuiltIn(@Nullable Znode parent, String path, List<Acl> acl, int aversion) {
        PersistedStat stat = new PersistedStat(0, 0, 0, 0, 0, 0, aversion, EphemeralOwner.PERSISTENT, 0);
        return znodes.add(parent, path, NO_BYTES, acl, stat);
    }

    /** How the tree behaves. */
    public TreeOptions options() {
        return options;
    }

    /** The znode at a path, {@code null} when there is none (as for a path that is not legal). */
    public @Nullable Znode find(String path) {
        return znodes.find(path, path.length());
    }

    /** The zxid of the last transaction that was applied completely. */
    public long lastZxid() {
        return lastZxid;
    }

    /** The digest of the tree, version 2; 0 when digests are disabled. */
    public long digest() {
        return znodes.digest();
    }

    /** Number of znodes, the root and the server's own included: 4 in a fresh tree. */
    public int nodeCount() {
        return znodes.nodeCount();
    }

    /** Number of znodes below a znode, itself not counted; -1 when it does not exist. Takes time in proportion to the answer. */
    public int descendantCount(String path) {
        Znode node = find(path);
        return node == null ? -1 : znodes.countBelow(node);
    }

    /** Characters of all paths plus bytes of all data. */
    public long approximateDataBytes() {
        return znodes.dataBytes();
    }

    /** Number of ephemeral znodes. */
    public int ephemeralCount() {
        return znodes.owners.ephemeralCount();
    }

    /** Number of distinct ACLs in use. */
    public int aclCount() {
        return znodes.aclCount();
    }

    /** The paths of a session's ephemerals; a view, in the order they were created or loaded. */
    public Collection<String> ephemerals(long sessionId) {
        return znodes.owners.ephemerals(sessionId);
    }

    /** The paths of all ephemerals by the session that owns them; a view. */
    public Map<Long, Set<String>> ephemeralsBySession() {
        return znodes.owners.ephemeralsBySession();
    }

    /**
     * The paths of all containers; a view in no particular order. Walked by index from the end to the beginning it can be left and
     * gone on with after other transactions: what was there all the time is met at least once.
     */
    public List<String> containers() {
        return znodes.owners.containers();
    }

    /** The paths of all TTL znodes; a view, to be walked like {@link #containers}. */
    public List<String> ttlZnodes() {
        return znodes.owners.ttlZnodes();
    }

    ZnodeStore znodes() {
        return znodes;
    }

    /**
     * Begins a walk through the tree as it is now.
     *
     * @param capture takes the znodes, during the steps of the walk and during {@link #apply}
     * @throws IllegalStateException when another walk is under way, or the tree is being loaded
     */
    public SnapshotWalk startWalk(NodeCapture capture) {
        Check.state(!loading, "a tree that is being loaded cannot be walked");
        return znodes.startWalk(capture, lastZxid);
    }

    /**
     * Empties the tree and begins to fill it from a snapshot.
     *
     * @throws IllegalStateException when a walk is under way: abort it first
     */
    public TreeLoader startLoad() {
        Check.state(znodes.walk() == null, "abort the snapshot walk before loading the tree");
        loading = true;
        lastZxid = 0;
        znodes = new ZnodeStore(options);
        return new TreeLoader(this, znodes);
    }

    void loaded(ZnodeStore loadedZnodes, long zxid) {
        Check.state(loading && znodes == loadedZnodes, "another load has begun since this one");
        znodes.quotas.loaded();
        loading = false;
        lastZxid = zxid;
    }

    /**
     * Stores the text of the ensemble's configuration. That is no transaction: each member does so by its own clock, and the digest
     * leaves it out.
     *
     * @param text the text
     * @param configVersion the zxid at which the configuration was made
     * @param timeMillis now, milliseconds since 1970
     */
    public void storeConfig(byte[] text, long configVersion, long timeMillis, TreeListener listener) {
        Check.state(!loading, "the tree is being loaded");
        Znode config = find(ZnodePath.CONFIG);
        if (config == null) {
            // Snapshots of servers that knew no reconfiguration lack it, though not its parent.
            Znode zookeeper = find(ZnodePath.ZOOKEEPER);
            if (zookeeper == null) {
                throw new IllegalStateException("the tree has no " + ZnodePath.ZOOKEEPER);
            }
            config = addConfig(zookeeper);
        }
        znodes.setData(config, ZnodePath.CONFIG, text, configVersion, timeMillis, -1);
        listener.dataChanged(ZnodePath.CONFIG, config.acl());
    }

    /**
     * Applies one committed transaction.
     *
     * @param listener hears of each change
     * @return what a reply needs
     */
    public Outcome apply(TxnHeader header, Txn txn, TreeListener listener) {
        Check.state(!loading, "a tree that is being loaded takes no transaction");
        Outcome outcome;
        if (txn instanceof Txn.Multi multi) {
            outcome = multi.isRejected() ? Outcome.rejected(multi) : applyParts(header, multi, listener);
        } else {
            outcome = applySingle(header, txn, listener);
        }
        lastZxid = Math.max(lastZxid, header.zxid());
        return outcome;
    }

    private Outcome applyParts(TxnHeader header, Txn.Multi multi, TreeListener listener) {
        List<Outcome> parts = new ArrayList<>(multi.parts().size());
        for (Txn part : multi.parts()) {
            parts.add(applySingle(header, part, listener));
        }
        return new Outcome(OpCode.MULTI, ErrorCode.OK, null, null, List.copyOf(parts));
    }

    private Outcome applySingle(TxnHeader header, Txn txn, TreeListener listener) {
        if (txn instanceof Txn.SetData set) {
            return setData(header, set, listener);
        } else if (txn instanceof Txn.Create create) {
            return create(header, create, listener);
        } else if (txn instanceof Txn.Delete delete) {
            ErrorCode error = delete(header, delete.path(), listener);
            return error == ErrorCode.OK
                    ? Outcome.done(delete, delete.path(), null)
                    : Outcome.failed(delete, delete.path(), error);
        } else if (txn instanceof Txn.SetAcl setAcl) {
            return setAcl(setAcl);
        } else if (txn instanceof Txn.Check check) {
            return Outcome.done(check, check.path(), null);
        } else if (txn instanceof Txn.CloseSession close) {
            return closeSession(header, close, listener);
        } else if (txn instanceof Txn.Rejected rejected) {
            return Outcome.rejected(rejected);
        } else if (txn instanceof Txn.CreateSession) {
            return Outcome.withoutZnode(txn);
        }
        throw new IllegalStateException("a multi inside a multi");
    }

    private Outcome create(TxnHeader header, Txn.Create create, TreeListener listener) {
        String path = create.path();
        int slash = path.lastIndexOf('/');
        int parentLength = Math.max(slash, 1);
        Znode parent = slash < 0 ? null : znodes.directory(path, parentLength);
        if (parent == null) {
            return Outcome.failed(create, path, ErrorCode.NO_NODE);
        }
        Znode existing = path.length() == 1 ? parent : znodes.child(parent, path, slash + 1, path.length());
        if (existing != null) {
            return replayCreate(header, create, existing, parent, parentLength);
        }
        Check.state(slash + 1 < path.length(), "a transaction creates a znode without a name: " + path);
        // The parent may hold the facts of a later creation already, when a history is replayed.
        moveChildFactsForward(parent, path, parentLength, cversionAfter(create, parent), header.zxid());
        Znode node = znodes.add(parent, path, create.data(), create.acl(), statAtBirth(header, create));
        Outcome outcome = Outcome.done(create, path, node.stat());
        znodes.quotas.created(path);
        if (listener != TreeListener.NONE) {
            listener.created(path, node.acl(), path.substring(0, parentLength), parent.acl());
        }
        return outcome;
    }

    /** The znode is there already: only what the parent and the ACL may have missed is made good. */
    private Outcome replayCreate(TxnHeader header, Txn.Create create, Znode existing, Znode parent, int parentLength) {
        String path = create.path();
        znodes.setAcl(existing, path, create.acl(), existing.aversion());
        moveChildFactsForward(parent, path, parentLength, create.parentCversion(), header.zxid());
        return Outcome.failed(create, path, ErrorCode.NODE_EXISTS);
    }

    private void moveChildFactsForward(Znode parent, String path, int parentLength, int cversion, long zxid) {
        if (cversion > parent.cversion()) {
            znodes.setChildFacts(parent, path, parentLength, cversion, zxid);
        }
    }

    /** Very old logs do not say what the parent's cversion becomes. */
    static int cversionAfter(Txn.Create create, PendingZnode parent) {
        return create.parentCversion() == -1 ? parent.cversion() + 1 : create.parentCversion();
    }

    static PersistedStat statAtBirth(TxnHeader header, Txn.Create create) {
        long zxid = header.zxid();
        long time = header.timeMillis();
        return new PersistedStat(zxid, zxid, time, time, 0, 0, 0, owner(header, create), zxid);
    }

    /** The kind of znode follows from the transaction's type, never from the flags the client sent. */
    private static long owner(TxnHeader header, Txn.Create create) {
        return switch (create.type()) {
            case CREATE_CONTAINER -> EphemeralOwner.CONTAINER;
            case CREATE_TTL -> EphemeralOwner.ofTtl(create.ttlMillis());
            default -> create.ephemeral() ? header.sessionId() : EphemeralOwner.PERSISTENT;
        };
    }

    private ErrorCode delete(TxnHeader header, String path, TreeListener listener) {
        int slash = path.lastIndexOf('/');
        int parentLength = Math.max(slash, 1);
        Znode parent = slash < 0 || path.length() == 1 ? null : znodes.directory(path, parentLength);
        if (parent == null) {
            return ErrorCode.NO_NODE;
        }
        // Also when the znode is gone already: a snapshot may have seen the parent before and the children after the
        // deletion.
        znodes.setChildFacts(parent, path, parentLength, parent.cversion(), Math.max(parent.pzxid(), header.zxid()));
        Znode node = znodes.child(parent, path, slash + 1, path.length());
        if (node == null) {
            return ErrorCode.NO_NODE;
        }
        znodes.remove(parent, path, node);
        if (listener != TreeListener.NONE) {
            listener.deleted(path, node.acl(), path.substring(0, parentLength), parent.acl());
        }
        return ErrorCode.OK;
    }

    private Outcome setData(TxnHeader header, Txn.SetData set, TreeListener listener) {
        Znode node = find(set.path());
        if (node == null) {
            return Outcome.failed(set, set.path(), ErrorCode.NO_NODE);
        }
        znodes.setData(node, set.path(), set.data(), header.zxid(), header.timeMillis(), set.version());
        listener.dataChanged(set.path(), node.acl());
        return Outcome.done(set, set.path(), node.stat());
    }

    private Outcome setAcl(Txn.SetAcl setAcl) {
        Znode node = find(setAcl.path());
        if (node == null) {
            return Outcome.failed(setAcl, setAcl.path(), ErrorCode.NO_NODE);
        }
        znodes.setAcl(node, setAcl.path(), setAcl.acl(), setAcl.aversion());
        return Outcome.done(setAcl, setAcl.path(), node.stat());
    }

    /** The listed znodes go, then what the session still owns: an old log lists none. */
    private Outcome closeSession(TxnHeader header, Txn.CloseSession close, TreeListener listener) {
        List<String> listed = close.paths();
        if (listed != null) {
            for (String path : listed) {
                delete(header, path, listener);
            }
        }
        for (String path : List.copyOf(ephemerals(header.sessionId()))) {
            delete(header, path, listener);
        }
        return Outcome.withoutZnode(close);
    }
}
