package io.zookit.session;

import io.zookit.model.Check;
import org.jspecify.annotations.Nullable;

/**
 * One session. It outlives its connections: between two of them it waits for its timeout. Owned by one thread.
 *
 * @param <C> the connections, told apart by identity
 */
public final class Session<C> {
    private final long id;
    private int timeoutMillis;
    private boolean local;
    private boolean closing;
    private @Nullable C connection;

    private Session(long id, int timeoutMillis, boolean local) {
        Check.state(id != 0, "0 is the id of no session");
        this.id = id;
        this.timeoutMillis = timeoutMillis;
        this.local = local;
    }

    /**
     * A session that all servers of an ensemble know.
     *
     * @param id not 0
     * @param timeoutMillis as negotiated
     */
    static <C> Session<C> global(long id, int timeoutMillis) {
        return new Session<>(id, timeoutMillis, false);
    }

    /**
     * A session that one server alone knows.
     *
     * @param id not 0
     * @param timeoutMillis as negotiated
     */
    public static <C> Session<C> local(long id, int timeoutMillis) {
        return new Session<>(id, timeoutMillis, true);
    }

    /** Its number; never 0. */
    public long id() {
        return id;
    }

    /** How long it may be silent before it expires. */
    public int timeoutMillis() {
        return timeoutMillis;
    }

    /** Changes the timeout: every connect negotiates it anew. */
    public void timeoutMillis(int negotiated) {
        timeoutMillis = negotiated;
    }

    /**
     * Whether one server alone knows it (client protocol, local sessions): no transaction begins or ends it, and it owns no
     * ephemerals.
     */
    public boolean isLocal() {
        return local;
    }

    /** Its beginning is proposed: from now on it is a session like any other, and stays one. */
    public void becomeGlobal() {
        local = false;
    }

    /** Whether its end has been proposed: nothing more may be done in its name (client protocol, {@code SESSION_EXPIRED}). */
    public boolean isClosing() {
        return closing;
    }

    /** Its end has been proposed; that of a local session has come. */
    public void markClosing() {
        closing = true;
    }

    /** What was proposed for its end will not be applied: somebody else proposes it again, or its client goes on. */
    public void stayOpen() {
        closing = false;
    }

    /** The connection that serves it, or {@code null} while the client is away or connected to another server. */
    public @Nullable C connection() {
        return connection;
    }

    /**
     * A connection takes the session over, after the client has shown its password.
     *
     * @return the connection that had it until now, to be closed by the caller; {@code null} when none had
     */
    public @Nullable C attach(C newer) {
        C before = connection;
        connection = newer;
        return before;
    }

    /**
     * A connection has ended. Nothing happens when the session has moved on to another one by then.
     *
     * @return whether the session was still served by it
     */
    public boolean detach(C gone) {
        if (connection != gone) {
            return false;
        }
        connection = null;
        return true;
    }

    /** For logs: the id as everybody writes it, and the timeout. */
    @Override
    public String toString() {
        return "session 0x" + Long.toHexString(id) + " (" + timeoutMillis + " ms" + (closing ? ", closing)" : ")");
    }
}
