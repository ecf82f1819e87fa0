package io.zookit.tree;

import io.zookit.model.Acl;
import java.util.List;

/**
 * Hears of every change of the tree, right after it was made and in the order of the changes; called by the thread that applies.
 * Must not change the tree.
 */
public interface TreeListener {
    /** Hears nothing: for replay, when nobody watches yet. */
    TreeListener NONE = new TreeListener() {
        @Override
        public void created(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {}

        @Override
        public void deleted(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {}

        @Override
        public void dataChanged(String path, List<Acl> acl) {}
    };

    /**
     * A znode was created.
     *
     * @param path the new znode
     * @param acl its list
     * @param parentPath its parent, which has one child more
     * @param parentAcl the parent's list
     */
    void created(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl);

    /**
     * A znode was deleted.
     *
     * @param path the former znode
     * @param acl the list it had
     * @param parentPath its parent, which has one child less
     * @param parentAcl the parent's list
     */
    void deleted(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl);

    /**
     * The data of a znode was set, possibly to what it was.
     *
     * @param path the znode
     * @param acl its list
     */
    void dataChanged(String path, List<Acl> acl);
}
