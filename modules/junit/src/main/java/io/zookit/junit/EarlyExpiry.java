package io.zookit.junit;

import io.zookit.spi.ServerClock;
import io.zookit.spi.session.SessionExpiry;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

/**
 * Session expiry that also names the sessions a test has asked for. The rest of the server cannot tell the difference: the session
 * ends by the same transaction as one that was silent for too long.
 *
 * <p>The owner of the state calls the methods of the contract; {@link #expire} may be called by any thread.
 */
final class EarlyExpiry implements SessionExpiry {
    /** An idle server looks this often whether somebody has asked, as nothing else would wake it. */
    private static final int LOOK_MILLIS = 10;

    private final SessionExpiry expiry;
    private final ServerClock clock;
    private final Map<Long, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();
    /** The server has taken its first turn, in which it takes up the sessions of before a restart. */
    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    private final Queue<Long> asked = new ConcurrentLinkedQueue<>();

    EarlyExpiry(SessionExpiry expiry, ServerClock clock) {
        this.expiry = expiry;
        this.clock = clock;
    }

    /** Completed when the sessions that were there before the start are known. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /**
     * Asks for the end of a session.
     *
     * @return completed when the session has ended; empty when there is no such session
     */
    Optional<CompletableFuture<Void>> expire(long sessionId) {
        Optional<CompletableFuture<Void>> end = Optional.ofNullable(ends.get(sessionId));
        end.ifPresent(known -> asked.add(sessionId));
        return end;
    }

    @Override
    public void touch(long sessionId, int timeoutMillis, long nowMillis) {
        ends.computeIfAbsent(sessionId, unused -> new CompletableFuture<>());
        expiry.touch(sessionId, timeoutMillis, nowMillis);
    }

    @Override
    public void remove(long sessionId) {
        expiry.remove(sessionId);
        CompletableFuture<Void> end = ends.remove(sessionId);
        if (end != null) {
            end.complete(null);
        }
    }

    @Override
    public void expired(long nowMillis, LongConsumer sessionId) {
        for (Long early = asked.poll(); early != null; early = asked.poll()) {
            // It may have ended by itself meanwhile.
            if (ends.containsKey(early)) {
                expiry.remove(early);
                sessionId.accept(early);
            }
        }
        expiry.expired(nowMillis, sessionId);
    }

    @Override
    public long nextDeadlineMillis() {
        begun.complete(null);
        long next = expiry.nextDeadlineMillis();
        if (!asked.isEmpty()) {
            return Math.min(next, clock.monotonicMillis());
        }
        return ends.isEmpty() ? next : Math.min(next, clock.monotonicMillis() + LOOK_MILLIS);
    }

    @Override
    public long deadlineMillis(long sessionId) {
        return expiry.deadlineMillis(sessionId);
    }
}
