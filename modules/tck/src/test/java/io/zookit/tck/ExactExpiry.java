package io.zookit.tck;

import io.zookit.spi.session.SessionExpiry;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** Session expiry to the millisecond, ordered by deadline: a second implementation, so that the contract is not shaped by one. */
final class ExactExpiry implements SessionExpiry {
    private record Deadline(long millis, long sessionId) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            int byTime = Long.compare(millis, other.millis);
            return byTime != 0 ? byTime : Long.compare(sessionId, other.sessionId);
        }
    }

    private final Map<Long, Deadline> sessions = new HashMap<>();
    private final TreeSet<Deadline> order = new TreeSet<>();

    @Override
    public void touch(long sessionId, int timeoutMillis, long nowMillis) {
        remove(sessionId);
        Deadline deadline = new Deadline(nowMillis + timeoutMillis, sessionId);
        sessions.put(sessionId, deadline);
        order.add(deadline);
    }

    @Override
    public void remove(long sessionId) {
        Deadline deadline = sessions.remove(sessionId);
        if (deadline != null) {
            order.remove(deadline);
        }
    }

    @Override
    public void expired(long nowMillis, LongConsumer sessionId) {
        while (!order.isEmpty() && order.first().millis() <= nowMillis) {
            long id = order.first().sessionId();
            remove(id);
            sessionId.accept(id);
        }
    }

    @Override
    public long nextDeadlineMillis() {
        return order.isEmpty() ? Long.MAX_VALUE : order.first().millis();
    }

    @Override
    public long deadlineMillis(long sessionId) {
        Deadline deadline = sessions.get(sessionId);
        return deadline == null ? -1 : deadline.millis();
    }
}
