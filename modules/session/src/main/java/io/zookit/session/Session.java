package io.zookit.session;

import org.jspecify.annotations.Nullable;

/**
 * One session. It outlives its connections: between two of them it waits for its timeout. Owned by one thread at a time.
 *
 * @param <C> the connections
 */
public final class Session<C> {
    private final long id;
    private int timeoutMillis;
    private boolean closing;
    private @Nullable C connection;

    Session(long id, int timeoutMillis) {
        this.id = id;
        this.timeoutMillis = timeoutMillis;
    }

    /** Its id. */
    public long id() {
        return id;
    }

    /** Its negotiated timeout. */
    public int timeoutMillis() {
        return timeoutMillis;
    }

    /** Changes the timeout: every connect negotiates it anew. */
    public void timeoutMillis(int negotiated) {
        timeoutMillis = negotiated;
    }

    /** Whether its closing has been proposed: nothing more may be done in its name. */
    public boolean isClosing() {
        return closing;
    }

    /** Its closing has been proposed. */
    public void markClosing() {
        closing = true;
    }

    /** The connection that speaks for it now, {@code null} for none. */
    public @Nullable C connection() {
        return connection;
    }

    /**
     * A connection takes the session over.
     *
     * @return the one that had it, {@code null} for none
     */
    public @Nullable C attach(C newer) {
        C before = connection;
        connection = newer;
        return before;
    }

    /** A connection is gone. Only the one that speaks for the session now matters. */
    public void detach(C gone) {
        if (connection == gone) {
            connection = null;
        }
    }
}
