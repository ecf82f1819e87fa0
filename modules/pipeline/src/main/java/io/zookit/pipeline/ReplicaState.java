package io.zookit.pipeline;

import io.zookit.pipeline.operation.Caller;
import io.zookit.session.SessionTable;
import io.zookit.tree.DataTree;
import io.zookit.tree.PendingTree;
import io.zookit.watch.WatchTable;

/**
 * The replicated state, and what hangs on it. Touched only by the thread that has the turn.
 *
 * @param tree the committed tree
 * @param pending the tree after everything proposed
 * @param sessions who is connected, or may come back
 * @param watches who wants to know of what
 */
record ReplicaState(
        DataTree tree, PendingTree pending, SessionTable<ClientConnection> sessions, WatchTable<Caller> watches) {
    /**
     * The state around a recovered tree and session table.
     *
     * @param hashSalt a random number, so that nobody can choose paths that collide
     */
    static ReplicaState of(DataTree tree, SessionTable<ClientConnection> sessions, long hashSalt) {
        return new ReplicaState(tree, new PendingTree(tree), sessions, new WatchTable<>(hashSalt));
    }
}
