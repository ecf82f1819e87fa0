package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.Check;
import io.zookit.model.PersistedStat;
import io.zookit.model.ZnodePath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The znodes with everything that is counted or indexed about them. All changes of a tree are made of the few edits here, each of
 * which first lets a running walk capture the old form and then keeps the digest, the counters and the indices right. Which edits
 * a transaction means is not known here.
 */
final class ZnodeStore {
    /** Walks have numbers from 1 to this, so that a mark on a znode fits five bits. */
    static final int WALK_NUMBERS = 15;

    final OwnerIndex owners;
    final NodeDigest nodeDigest = new NodeDigest();
    final Quotas quotas = new Quotas(this);
    private final AclTable acls = new AclTable();
    private final NameHash names;
    private final boolean digestEnabled;
    private @Nullable Znode root;
    private @Nullable SnapshotWalk walk;
    /** Requests come in runs for one directory. Its path is the beginning of another one; forgotten when any znode goes. */
    private @Nullable Znode lastDirectory;

    private String lastDirectoryPath = "";
    private int lastDirectoryLength;
    private long digest;
    private long dataBytes;
    private int nodeCount;
    private int walkNumber;
    private int unfinishedWalks;

    ZnodeStore(TreeOptions options) {
        owners = new OwnerIndex(options.extendedTypes());
        names = new NameHash(options.hashSalt());
        digestEnabled = options.digestEnabled();
    }

    long digest() {
        return digest;
    }

    boolean digestEnabled() {
        return digestEnabled;
    }

    int nodeCount() {
        return nodeCount;
    }

    int aclCount() {
        return acls.size();
    }

    /** Characters of all paths plus bytes of all data. */
    long dataBytes() {
        return dataBytes;
    }

    @Nullable
    Znode root() {
        return root;
    }

    @Nullable
    SnapshotWalk walk() {
        return walk;
    }

    /** Begins a walk; there must be none. */
    SnapshotWalk startWalk(NodeCapture capture, long zxid) {
        Check.state(walk == null, "only one snapshot walk at a time");
        if (unfinishedWalks == WALK_NUMBERS - 1) {
            clearWalkMarks();
            unfinishedWalks = 0;
        }
        unfinishedWalks++;
        walkNumber = walkNumber % WALK_NUMBERS + 1;
        walk = new SnapshotWalk(this, capture, zxid, walkNumber);
        return walk;
    }

    void walkAborted() {
        walk = null;
    }

    /** Every znode now has a mark of this walk, or none. */
    void walkCompleted() {
        walk = null;
        unfinishedWalks = 0;
    }

    /** Needed once in {@link #WALK_NUMBERS} walks given up one after the other, when their numbers begin to repeat. */
    private void clearWalkMarks() {
        Deque<Located> left = new ArrayDeque<>();
        addRootTo(left);
        while (!left.isEmpty()) {
            Located located = left.removeLast();
            located.node.walkMark(0);
            located.addChildrenTo(left);
        }
    }

    private void addRootTo(Deque<Located> left) {
        if (root != null) {
            left.addLast(new Located(ZnodePath.ROOT, root));
        }
    }

    /** How many znodes are below a znode, itself not counted. */
    int countBelow(Znode node) {
        if (node == root) {
            return nodeCount - 1;
        }
        int count = 0;
        Deque<Znode> left = new ArrayDeque<>();
        left.addLast(node);
        while (!left.isEmpty()) {
            ChildTable children = left.removeLast().children();
            if (children != null) {
                count += children.size();
                children.forEach(child -> {
                    if (child.children() != null) {
                        left.addLast(child);
                    }
                });
            }
        }
        return count;
    }

    /** The znode whose path is the first {@code length} characters of {@code path}. */
    @Nullable
    Znode find(String path, int length) {
        int slash = path.lastIndexOf('/', length - 1);
        if (slash <= 1) {
            return findFromRoot(path, length);
        }
        Znode directory = directory(path, slash);
        return directory == null ? null : directory.child(path, slash + 1, length, names);
    }

    /** Like {@link #find}, and quicker when it is the parent of the one that was looked for before. */
    @Nullable
    Znode directory(String path, int length) {
        Znode last = lastDirectory;
        if (last != null && lastDirectoryLength == length && path.regionMatches(0, lastDirectoryPath, 0, length)) {
            return last;
        }
        Znode found = findFromRoot(path, length);
        lastDirectory = found;
        lastDirectoryPath = path;
        lastDirectoryLength = length;
        return found;
    }

    private @Nullable Znode findFromRoot(String path, int length) {
        if (length == 0 || path.charAt(0) != '/') {
            return null;
        }
        Znode node = root;
        int start = 1;
        while (node != null && start < length) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 || slash > length ? length : slash;
            node = node.child(path, start, end, names);
            if (end == length) {
                return node;
            }
            start = end + 1;
        }
        return length == 1 ? node : null;
    }

    /** The child named by the characters {@code from} to {@code to} of a path. */
    @Nullable
    Znode child(Znode parent, String path, int from, int to) {
        return parent.child(path, from, to, names);
    }

    /**
     * Adds a znode that is not there yet.
     *
     * @param parent its parent, {@code null} for the root
     * @param data its data; not changed by anybody from now on
     * @param stat all its facts
     */
    Znode add(@Nullable Znode parent, String path, byte @Nullable [] data, List<Acl> acl, PersistedStat stat) {
        int nameStart = path.lastIndexOf('/') + 1;
        boolean digested = digestEnabled && NodeDigest.counts(path);
        boolean ephemeral = owners.isSession(stat.ephemeralOwner());
        Znode node = new Znode(stat, path, nameStart, data, ephemeral, digested, acls.use(acl));
        if (digested) {
            node.contentCrc = contentCrc(node, path);
        }
        if (walk != null) {
            walk.created(node);
        }
        if (parent == null) {
            root = node;
        } else {
            parent.addChild(node, names.of(path, nameStart, path.length()));
        }
        owners.add(path, stat.ephemeralOwner());
        nodeCount++;
        dataBytes += path.length() + node.dataBytes();
        digest += digestPart(node);
        if (!quotas.isEmpty()) {
            quotas.changed(path, 1, node.dataBytes());
        }
        return node;
    }

    /** Removes a znode, and what is below it should there be something (only the replay of an older history can bring that about). */
    void remove(Znode parent, String path, Znode node) {
        lastDirectory = null;
        Deque<Located> left = new ArrayDeque<>();
        left.addLast(new Located(path, node));
        while (!left.isEmpty()) {
            Located located = left.removeLast();
            forget(located.node, located.path);
            located.addChildrenTo(left);
        }
        parent.removeChild(node, names.of(path, path.lastIndexOf('/') + 1, path.length()), walk == null);
    }

    private void forget(Znode node, String path) {
        beforeChange(node, path, path.length());
        owners.remove(path, node.ephemeralOwner());
        acls.release(node.sharedAcl);
        nodeCount--;
        dataBytes -= path.length() + node.dataBytes();
        digest -= digestPart(node);
        if (!quotas.isEmpty()) {
            quotas.removed(path);
            quotas.changed(path, -1, -node.dataBytes());
        }
    }

    /** Replaces the data, and with it version, mzxid and mtime. */
    void setData(Znode node, String path, byte @Nullable [] data, long zxid, long timeMillis, int version) {
        int bytesBefore = node.dataBytes();
        replaceData(node, path, data, zxid, timeMillis, version);
        if (!quotas.isEmpty()) {
            quotas.changed(path, 0, node.dataBytes() - bytesBefore);
        }
    }

    /** Replaces the data and nothing else: for what the tree itself keeps in a znode. */
    void rewriteData(Znode node, String path, byte[] data) {
        replaceData(node, path, data, node.mzxid(), node.mtime(), node.version());
    }

    private void replaceData(Znode node, String path, byte @Nullable [] data, long zxid, long timeMillis, int version) {
        beforeChange(node, path, path.length());
        digest -= digestPart(node);
        dataBytes -= node.dataBytes();
        node.setData(data, zxid, timeMillis, version);
        if (node.isDigested()) {
            node.contentCrc = contentCrc(node, path);
        }
        dataBytes += node.dataBytes();
        digest += digestPart(node);
    }

    /** Replaces the ACL, and with it the aversion. */
    void setAcl(Znode node, String path, List<Acl> acl, int aversion) {
        beforeChange(node, path, path.length());
        digest -= digestPart(node);
        AclTable.SharedAcl former = node.sharedAcl;
        node.sharedAcl = acls.use(acl);
        acls.release(former);
        node.setAversion(aversion);
        digest += digestPart(node);
    }

    /**
     * Sets what a znode knows about the changes among its children.
     *
     * @param path the first {@code length} characters are its path
     */
    void setChildFacts(Znode node, String path, int length, int cversion, long pzxid) {
        if (cversion == node.cversion() && pzxid == node.pzxid()) {
            return;
        }
        beforeChange(node, path, length);
        digest -= digestPart(node);
        node.setCversion(cversion);
        node.setPzxid(pzxid);
        digest += digestPart(node);
    }

    /** Every change of a znode that was there when a walk began must come by here first. */
    void beforeChange(Znode node, String path, int length) {
        if (walk != null) {
            walk.beforeChange(node, path, length);
        }
    }

    private int contentCrc(Znode node, String path) {
        return nodeDigest.contentCrc(path, node.content(), node.dataOffset(), node.dataBytes());
    }

    private long digestPart(Znode node) {
        return node.isDigested() ? nodeDigest.of(node.contentCrc, node) : 0;
    }

    /** A znode with its path, on a list of what is left to do. */
    record Located(String path, Znode node) {
        void addChildrenTo(Deque<Located> left) {
            ChildTable children = node.children();
            String prefix = path.length() == 1 ? path : path + '/';
            if (children != null) {
                children.forEach(child -> left.addLast(new Located(prefix + child.name(), child)));
            }
        }
    }
}
