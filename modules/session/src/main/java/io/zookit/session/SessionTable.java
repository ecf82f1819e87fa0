package io.zookit.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All sessions by id, in the order of ids, which is the same on every server. Owned by one thread at a time.
 *
 * @param <C> the connections
 */
public final class SessionTable<C> {
    private final Map<Long, Session<C>> sessions = new TreeMap<>();

    /** A table without sessions. */
    public SessionTable() {}

    /** Adds a session; one with this id is replaced, as when a history is replayed over what it led to. */
    public Session<C> add(long id, int timeoutMillis) {
        Session<C> session = new Session<>(id, timeoutMillis);
        sessions.put(id, session);
        return session;
    }

    /** The session of an id, {@code null} when there is none. */
    public @Nullable Session<C> find(long id) {
        return sessions.get(id);
    }

    /** Removes a session; {@code null} when there was none. */
    public @Nullable Session<C> remove(long id) {
        return sessions.remove(id);
    }

    /** Walks all sessions in the order of their ids. The action may not add or remove. */
    public void forEach(Consumer<Session<C>> action) {
        sessions.values().forEach(action);
    }

    /** How many sessions there are. */
    public int size() {
        return sessions.size();
    }
}
