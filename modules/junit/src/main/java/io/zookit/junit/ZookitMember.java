package io.zookit.junit;

import io.zookit.spi.consensus.Role;
import java.util.Locale;

/**
 * A member of a {@link ZookitEnsemble}, and what can happen to it. Whatever a test has done to one stays until it is undone, also for
 * the next test. All methods may be called by any thread.
 */
public final class ZookitMember {
    private final int id;
    private final TestServer server;
    private final Members members;

    ZookitMember(int id, TestServer server, Members members) {
        this.id = id;
        this.server = server;
        this.members = members;
    }

    /** Its number among the members, from 1: the N of its {@code server.N} line. */
    public int id() {
        return id;
    }

    /** What clients are given to connect to this one alone, such as {@code 127.0.0.1:40123}. It stays the same over restarts. */
    public String connectString() {
        return server.connectString();
    }

    /** Whether it is started. */
    public boolean isRunning() {
        return server.isRunning();
    }

    /** Whether it has been cut off from the others. */
    public boolean isCut() {
        return members.network().isCut(id);
    }

    /** Whether it leads at the moment. */
    public boolean isLeader() {
        return role() == Role.LEADING;
    }

    /**
     * Stops it, and returns when it has stopped; the others may not have noticed yet. Its data stay. Nothing happens when it is stopped.
     */
    public void stop() {
        server.stop();
    }

    /**
     * Starts it again with its data, at the same port, and returns when it has what the others have and serves clients; or at once, when
     * there is no majority to serve with. Nothing happens when it is running.
     *
     * @throws io.zookit.spi.transport.TransportException when another process has taken the port meanwhile
     * @throws IllegalStateException when it does not serve within 30 s
     */
    public void start() {
        server.start();
        members.awaitServing(this);
    }

    /** Stops it and starts it again. Its clients lose their connections and come back to their sessions, here or elsewhere. */
    public void restart() {
        stop();
        start();
    }

    /**
     * Cuts it off from the other members: the links between them break, and nobody reaches the other until it is joined again. Clients
     * still reach it, but it does not serve them without a majority. Returns when it has noticed; the others may not have yet. Nothing
     * happens when it is cut off.
     */
    public void cut() {
        members.network().cut(id);
        Patience.await(() -> role() == Role.LOOKING, () -> this + " still serves, although it is cut off,");
    }

    /**
     * Undoes {@link #cut}, and returns when it has what the others have and serves clients; or at once, when there is no majority to serve
     * with, or it is stopped.
     *
     * @throws IllegalStateException when it does not serve within 30 s
     */
    public void join() {
        members.network().join(id);
        members.awaitServing(this);
    }

    /**
     * Closes all connections of clients that there are, as a network may do at any time. The clients come back to their sessions by
     * themselves, here or at another member.
     *
     * @return how many were closed
     * @throws IllegalStateException when it is stopped
     */
    public int cutConnections() {
        return server.plugins().transport().cut();
    }

    Role role() {
        return server.role();
    }

    TestServer server() {
        return server;
    }

    /** For messages, such as {@code member 2 (following, 127.0.0.1:40123)}. */
    @Override
    public String toString() {
        String state = isRunning() ? role().name().toLowerCase(Locale.ROOT) : "stopped";
        return "member " + id + " (" + state + (isCut() ? ", cut off" : "") + ", " + connectString() + ")";
    }
}
