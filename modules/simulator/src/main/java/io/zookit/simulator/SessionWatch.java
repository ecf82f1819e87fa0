package io.zookit.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When a leader last heard of each session, by its own clock; and whose learner serves it. */
final class SessionWatch {
    private final Map<Long, Long> touchedMillis = new HashMap<>();
    private final Map<Long, Long> owners = new HashMap<>();

    void touch(long sessionId, long nowMillis) {
        touchedMillis.put(sessionId, nowMillis);
    }

    /** A session is served over a link with a learner, or (0) by the leader itself. */
    void ownedBy(long sessionId, long link) {
        owners.put(sessionId, link);
    }

    /** Whether a session is known to be served somewhere else. */
    boolean isElsewhere(long sessionId, long link) {
        Long owner = owners.get(sessionId);
        return owner != null && owner != link;
    }

    /** A new leader: owners are unknown, and every session gets its whole timeout. */
    void restart(ReplicatedState state, long nowMillis, boolean keepTimes) {
        owners.clear();
        if (!keepTimes) {
            touchedMillis.clear();
        }
        state.sessions().forEach(session -> touchedMillis.putIfAbsent(session.id(), nowMillis));
    }

    void forget(long sessionId) {
        touchedMillis.remove(sessionId);
        owners.remove(sessionId);
    }

    /** The sessions that were silent for too long, in the order of their ids. */
    List<Long> expired(ReplicatedState state, long nowMillis) {
        List<Long> expired = new ArrayList<>();
        state.sessions().forEach(session -> {
            Long touched = touchedMillis.putIfAbsent(session.id(), nowMillis);
            if (touched != null && nowMillis - touched >= session.timeoutMillis()) {
                expired.add(session.id());
            }
        });
        return expired;
    }
}
