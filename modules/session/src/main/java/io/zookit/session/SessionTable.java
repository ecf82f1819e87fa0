package io.zookit.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by id, those without a connection here included. Of all sessions there are, ids and timeouts are replicated state, and
 * the connections are this server's own; local ones stand in a table of their own, and all of it is this server's. Owned by one
 * thread.
 *
 * @param <C> the connections
 */
public final class SessionTable<C> {
    /** In the order of ids, which is the same on every server. */
    private final Map<Long, Session<C>> sessions = new TreeMap<>();

    /** An empty table. */
    public SessionTable() {}

    /**
     * Adds a session; one with this id is replaced, as when a history is replayed over what it led to.
     *
     * @param id not 0
     * @param timeoutMillis as negotiated
     */
    public Session<C> add(long id, int timeoutMillis) {
        return add(Session.global(id, timeoutMillis));
    }

    /**
     * Adds a session that exists; one with its id is replaced.
     *
     * @return the session
     */
    public Session<C> add(Session<C> session) {
        sessions.put(session.id(), session);
        return session;
    }

    /** The session of an id, or {@code null} when there is none (any more). */
    public @Nullable Session<C> find(long id) {
        return sessions.get(id);
    }

    /**
     * Removes a session, as a closeSession transaction says.
     *
     * @return the session, whose connection the caller still has to close; {@code null} when there was none
     */
    public @Nullable Session<C> remove(long id) {
        return sessions.remove(id);
    }

    /** Removes all sessions. */
    public void clear() {
        sessions.clear();
    }

    /** Walks all sessions in the order of their ids, taken as signed numbers. The action may not add or remove. */
    public void forEach(Consumer<Session<C>> action) {
        sessions.values().forEach(action);
    }

    /** How many sessions there are. */
    public int size() {
        return sessions.size();
    }
}
