package io.zookit.pipeline;

import io.zookit.pipeline.operation.Caller;
import io.zookit.session.Session;
import io.zookit.session.SessionTable;
import io.zookit.tree.DataTree;
import io.zookit.tree.PendingTree;
import io.zookit.watch.WatchTable;
import org.jspecify.annotations.Nullable;

/** The replicated state, and what hangs on it. Touched only by the thread that has the turn. */
final class ReplicaState {
    private DataTree tree;
    private PendingTree pending;
    private SessionTable<ClientConnection> sessions;
    private final SessionTable<ClientConnection> localSessions = new SessionTable<>();
    private final WatchTable<Caller> watches;

    /**
     * The state around a recovered tree and session table.
     *
     * @param hashSalt a random number, so that nobody can choose paths that collide
     */
    ReplicaState(DataTree tree, SessionTable<ClientConnection> sessions, long hashSalt) {
        this.tree = tree;
        this.pending = new PendingTree(tree);
        this.sessions = sessions;
        this.watches = new WatchTable<>(hashSalt);
    }

    /** Takes another tree and session table in the place of those there were. */
    void replace(DataTree otherTree, SessionTable<ClientConnection> otherSessions) {
        tree = otherTree;
        pending = new PendingTree(otherTree);
        sessions = otherSessions;
    }

    /** The committed tree. */
    DataTree tree() {
        return tree;
    }

    /** The tree after everything proposed. */
    PendingTree pending() {
        return pending;
    }

    /** Who is connected, or may come back. */
    SessionTable<ClientConnection> sessions() {
        return sessions;
    }

    /** Sessions of this server's clients that the ensemble does not know, or not yet. */
    SessionTable<ClientConnection> localSessions() {
        return localSessions;
    }

    /** A session, whoever knows it; {@code null} when this server does not. */
    @Nullable
    Session<ClientConnection> findSession(long sessionId) {
        Session<ClientConnection> session = sessions.find(sessionId);
        return session == null ? localSessions.find(sessionId) : session;
    }

    /** Who wants to know of what. */
    WatchTable<Caller> watches() {
        return watches;
    }
}
