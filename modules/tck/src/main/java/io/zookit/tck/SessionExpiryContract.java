package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.session.SessionExpiry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link SessionExpiry} does: nobody expires early, nobody is forgotten, and nobody is named twice. */
public abstract class SessionExpiryContract {
    private static final long START = 1_000_000;

    /** A contract is extended, with two methods to implement. */
    protected SessionExpiryContract() {}

    /** A new one that knows no session. */
    protected abstract SessionExpiry create();

    /** How much later than its timeout a session may expire, in milliseconds; 0 for an exact implementation. */
    protected abstract long latenessMillisMax();

    private static List<Long> expired(SessionExpiry expiry, long nowMillis) {
        List<Long> ids = new ArrayList<>();
        expiry.expired(nowMillis, ids::add);
        return ids;
    }

    @Test
    void nobodyIsKnownAtFirst() {
        SessionExpiry expiry = create();
        assertEquals(Long.MAX_VALUE, expiry.nextDeadlineMillis());
        assertEquals(-1, expiry.deadlineMillis(1));
        assertEquals(List.of(), expired(expiry, START));
        expiry.remove(1);
    }

    @Test
    void aSilentSessionIsNamedAfterItsTimeoutAndNotBefore() {
        for (int timeout : new int[] {1, 999, 1_000, 4_000, 40_000, Integer.MAX_VALUE}) {
            SessionExpiry expiry = create();
            expiry.touch(1, timeout, START);
            assertEquals(List.of(), expired(expiry, START + timeout - 1));
            long deadline = expiry.deadlineMillis(1);
            assertDeadline(START + timeout, deadline);
            assertEquals(deadline, expiry.nextDeadlineMillis());
            assertEquals(List.of(), expired(expiry, deadline - 1));
            assertEquals(List.of(1L), expired(expiry, deadline));
        }
    }

    private void assertDeadline(long earliest, long deadline) {
        assertTrue(deadline >= earliest, "deadline " + deadline + " is before the timeout " + earliest);
        assertTrue(
                deadline <= earliest + latenessMillisMax(),
                "deadline " + deadline + " is too long after the timeout " + earliest);
    }

    @Test
    void whoeverWasNamedIsForgotten() {
        SessionExpiry expiry = create();
        expiry.touch(1, 4_000, START);
        assertEquals(List.of(1L), expired(expiry, START + 100_000));
        assertEquals(List.of(), expired(expiry, START + 200_000));
        assertEquals(-1, expiry.deadlineMillis(1));
        assertEquals(Long.MAX_VALUE, expiry.nextDeadlineMillis());
    }

    @Test
    void aTouchBeginsTheTimeoutAnew() {
        SessionExpiry expiry = create();
        for (long now = START; now < START + 60_000; now += 700) {
            assertEquals(List.of(), expired(expiry, now));
            expiry.touch(1, 4_000, now);
            assertDeadline(now + 4_000, expiry.deadlineMillis(1));
        }
    }

    @Test
    void theLastTouchDecidesAboutTheTimeout() {
        SessionExpiry expiry = create();
        expiry.touch(1, 40_000, START);
        expiry.touch(1, 1_000, START + 10);
        assertDeadline(START + 1_010, expiry.deadlineMillis(1));
        expiry.touch(1, 40_000, START + 20);
        assertDeadline(START + 40_020, expiry.deadlineMillis(1));
        assertEquals(List.of(), expired(expiry, START + 40_019));
    }

    @Test
    void aRemovedSessionIsNeverNamed() {
        SessionExpiry expiry = create();
        expiry.touch(1, 4_000, START);
        expiry.touch(2, 4_000, START);
        expiry.remove(1);
        expiry.remove(1);
        assertEquals(-1, expiry.deadlineMillis(1));
        assertEquals(List.of(2L), expired(expiry, START + 100_000));
    }

    @Test
    void theNextDeadlineIsTheEarliestOfAll() {
        SessionExpiry expiry = create();
        expiry.touch(1, 4_000, START);
        expiry.touch(2, 40_000, START);
        assertEquals(expiry.deadlineMillis(1), expiry.nextDeadlineMillis());
        expiry.remove(1);
        assertEquals(expiry.deadlineMillis(2), expiry.nextDeadlineMillis());
        expiry.touch(3, 400, START);
        assertEquals(expiry.deadlineMillis(3), expiry.nextDeadlineMillis());
        expiry.touch(3, 400_000, START);
        assertEquals(expiry.deadlineMillis(2), expiry.nextDeadlineMillis());
    }

    @Test
    void allIdsAreSessions() {
        SessionExpiry expiry = create();
        List<Long> ids = List.of(Long.MIN_VALUE, -1L, 0L, 1L, 1L << 56, Long.MAX_VALUE);
        ids.forEach(id -> expiry.touch(id, 4_000, START));
        List<Long> named = expired(expiry, START + 100_000);
        Collections.sort(named);
        assertEquals(ids, named);
    }

    @Test
    void theConsumerMayTouchAndRemove() {
        SessionExpiry expiry = create();
        for (long id = 1; id <= 10; id++) {
            expiry.touch(id, 4_000, START);
        }
        long now = START + 100_000;
        List<Long> named = new ArrayList<>();
        expiry.expired(now, id -> {
            named.add(id);
            expiry.remove(id);
            if (named.size() == 1) {
                expiry.touch(id, 4_000, now);
                for (long other = 1; other <= 5; other++) {
                    if (other != id) {
                        expiry.remove(other);
                    }
                }
            }
        });
        assertTrue(named.size() <= 10 && named.size() >= 5, "named: " + named);
        assertEquals(named.size(), named.stream().distinct().count(), "somebody was named twice: " + named);
        assertEquals(List.of(named.get(0)), expired(expiry, now + 100_000));
    }

    @Test
    void manySessionsExpireAtOnce() {
        SessionExpiry expiry = create();
        for (long id = 1; id <= 100_000; id++) {
            expiry.touch(id << 20, 4_000, START + id % 7);
        }
        List<Long> named = expired(expiry, START + 100_000);
        assertEquals(100_000, named.size());
        assertEquals(100_000, named.stream().distinct().count());
    }

    @Test
    void randomHistoriesExpireWithinTheAllowedTime() {
        for (long seed = 1; seed <= 20; seed++) {
            new History(seed).run();
        }
    }

    /** A random history beside the simplest picture of it: for each session the end of its timeout. */
    private final class History {
        private final long seed;
        private final Random random;
        private final SessionExpiry expiry = create();
        private final Map<Long, Long> timeouts = new HashMap<>();
        private long now = START;

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() {
            for (int step = 0; step < 5_000; step++) {
                long id = random.nextInt(50);
                switch (random.nextInt(10)) {
                    case 0 -> {
                        expiry.remove(id);
                        timeouts.remove(id);
                    }
                    case 1 -> check("seed " + seed + " step " + step);
                    default -> {
                        int timeout = 1 + random.nextInt(20_000);
                        expiry.touch(id, timeout, now);
                        timeouts.put(id, now + timeout);
                    }
                }
                now += random.nextInt(200);
            }
        }

        private void check(String at) {
            for (long id : expired(expiry, now)) {
                Long timeout = timeouts.remove(id);
                assertTrue(timeout != null && timeout <= now, at + ": session " + id + " is alive or gone");
            }
            long next = Long.MAX_VALUE;
            for (Map.Entry<Long, Long> entry : timeouts.entrySet()) {
                long deadline = expiry.deadlineMillis(entry.getKey());
                assertTrue(deadline > now, at + ": session " + entry.getKey() + " is overdue");
                assertDeadline(entry.getValue(), deadline);
                next = Math.min(next, deadline);
            }
            assertEquals(next, expiry.nextDeadlineMillis(), at);
        }
    }
}
