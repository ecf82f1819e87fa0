package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.model.ZnodePath;
import io.zookit.model.Zxid;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills a tree from a snapshot. The tree was emptied when the loader was made and can be read meanwhile, but takes no transaction
 * before {@link #finish}; when loading fails, make another loader. Called by the thread that owns the tree.
 */
public final class TreeLoader {
    private final DataTree tree;
    private final ZnodeStore znodes;

    /** Snapshots list siblings together, so the parent is mostly the one of the znode before. */
    private String parentPath = "";

    private @Nullable Znode parent;

    TreeLoader(DataTree tree, ZnodeStore znodes) {
        this.tree = tree;
        this.znodes = znodes;
    }

    /**
     * Loads a znode.
     *
     * @param path complete path; the root is {@code /} or, as old snapshots have it, empty
     * @param data its data from position to limit, which is copied; {@code null} for none
     * @param acl its list
     * @param stat its stored facts
     * @throws BrokenSnapshotException when its parent was not loaded before, or the znode itself was
     */
    public void load(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
        int slash = path.lastIndexOf('/');
        boolean isRoot = path.isEmpty() || path.equals(ZnodePath.ROOT);
        String complete = isRoot ? ZnodePath.ROOT : path;
        Znode above = isRoot ? null : parentOf(path, slash);
        Znode there = znodes.root();
        if (!isRoot) {
            if (above == null || slash + 1 == path.length()) {
                throw broken(path, stat, "comes without its parent");
            }
            there = znodes.child(above, path, slash + 1, path.length());
        }
        if (there != null) {
            throw broken(complete, stat, "is there twice");
        }
        byte[] bytes = null;
        if (data != null) {
            bytes = new byte[data.remaining()];
            data.get(data.position(), bytes);
        }
        znodes.add(above, complete, bytes, acl, stat);
    }

    private @Nullable Znode parentOf(String path, int slash) {
        if (slash < 0) {
            return null;
        }
        int length = Math.max(slash, 1);
        if (parent == null || parentPath.length() != length || !path.startsWith(parentPath)) {
            parent = znodes.find(path, length);
            parentPath = path.substring(0, length);
        }
        return parent;
    }

    private static BrokenSnapshotException broken(String path, PersistedStat stat, String problem) {
        return new BrokenSnapshotException("znode " + path + " (czxid " + Zxid.text(stat.czxid()) + ") " + problem
                + ": the snapshot is not usable, load an older one");
    }

    /**
     * Ends loading: the tree takes transactions again.
     *
     * @param zxid the last transaction the snapshot holds
     * @throws BrokenSnapshotException when no root was loaded
     */
    public void finish(long zxid) {
        if (znodes.root() == null) {
            throw new BrokenSnapshotException(
                    "the snapshot of " + Zxid.text(zxid) + " has no root znode: it is not usable, load an older one");
        }
        tree.loaded(znodes, zxid);
    }
}
