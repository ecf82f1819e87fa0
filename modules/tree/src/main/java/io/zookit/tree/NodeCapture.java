package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import java.util.List;

/** Takes the znodes of a {@link SnapshotWalk}, on the thread that owns the tree. Must not change the tree. */
@FunctionalInterface
public interface NodeCapture {
    /**
     * A znode as it was when the walk began; its parent came before.
     *
     * @param path complete path, {@code /} for the root
     * @param content holds the data; never changed afterwards, so it may be kept and read by any thread
     * @param dataOffset where the data begins in {@code content}
     * @param dataLength bytes of data, -1 when there is none
     * @param acl the list; equal lists are the same object
     * @param stat the stored facts
     */
    void node(String path, byte[] content, int dataOffset, int dataLength, List<Acl> acl, PersistedStat stat);
}
