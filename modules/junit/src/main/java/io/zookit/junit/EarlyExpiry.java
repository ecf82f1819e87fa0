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
import org.jspecify.annotations.Nullable;

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
    /** The sessions that are looked after here. */
    private final Map<Long, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();
    /** Sessions whose end somebody waits for, wherever they are looked after. */
    private final Map<Long, CompletableFuture<Void>> farewells = new ConcurrentHashMap<>();
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

    /** Whether a session is looked after here. */
    boolean knows(long sessionId) {
        return ends.containsKey(sessionId);
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

    /**
     * Completed when the server has applied the end of a session, or does not serve any more: a follower does not look after sessions,
     * but it is told of their ends.
     */
    CompletableFuture<Void> farewell(long sessionId) {
        return farewells.computeIfAbsent(sessionId, unused -> new CompletableFuture<>());
    }

    static IllegalArgumentException noSuchSession(long sessionId, String whoHas) {
        return new IllegalArgumentException(whoHas + " no session 0x" + Long.toHexString(sessionId)
                + ". It has ended, or belongs to another server.");
    }

    static String hasNotEnded(long sessionId) {
        return "session 0x" + Long.toHexString(sessionId) + " has not ended";
    }

    @Override
    public void touch(long sessionId, int timeoutMillis, long nowMillis) {
        ends.computeIfAbsent(sessionId, unused -> new CompletableFuture<>());
        expiry.touch(sessionId, timeoutMillis, nowMillis);
    }

    @Override
    public void remove(long sessionId) {
        expiry.remove(sessionId);
        complete(ends.remove(sessionId));
        complete(farewells.remove(sessionId));
    }

    private static void complete(@Nullable CompletableFuture<Void> step) {
        if (step != null) {
            step.complete(null);
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
