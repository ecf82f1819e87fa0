package io.zookit.pipeline;

import io.zookit.spi.session.SessionExpiry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Every session ends exactly in time. */
final class ExactExpiry implements SessionExpiry {
    private final Map<Long, Long> deadlines = new TreeMap<>();

    @Override
    public void touch(long sessionId, int timeoutMillis, long nowMillis) {
        deadlines.put(sessionId, nowMillis + timeoutMillis);
    }

    @Override
    public void remove(long sessionId) {
        deadlines.remove(sessionId);
    }

    @Override
    public void expired(long nowMillis, LongConsumer sessionId) {
        List<Long> late = deadlines.keySet().stream()
                .filter(id -> deadlines.get(id) <= nowMillis)
                .toList();
        late.forEach(id -> {
            deadlines.remove(id);
            sessionId.accept(id);
        });
    }

    @Override
    public long nextDeadlineMillis() {
        return deadlines.values().stream().min(Long::compare).orElse(Long.MAX_VALUE);
    }

    @Override
    public long deadlineMillis(long sessionId) {
        return deadlines.getOrDefault(sessionId, -1L);
    }
}
