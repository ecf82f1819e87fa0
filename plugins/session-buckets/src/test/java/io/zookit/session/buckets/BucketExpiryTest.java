package io.zookit.session.buckets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketExpiryTest {
    @Test
    void tenThousandRandomDeadlinesFollowTheFormula() {
        long seed = 20260101;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            int interval = 1 + random.nextInt(10_000);
            int timeout = 1 + random.nextInt(100_000);
            long now = random.nextLong() >>> (1 + random.nextInt(40));
            now = Math.min(now, Long.MAX_VALUE / 2);
            BucketExpiry expiry = new BucketExpiry(interval);
            expiry.touch(7, timeout, now);
            long due = now + timeout;
            long expected = (due / interval + 1) * interval;
            assertEquals(expected, expiry.deadlineMillis(7), "seed " + seed + " case " + i);
            assertEquals(expected, expiry.nextDeadlineMillis());
        }
    }

    @Test
    void aDeadlineOnAMultipleGoesToTheNextOne() {
        BucketExpiry expiry = new BucketExpiry(1_000);
        expiry.touch(1, 4_000, 6_000);
        assertEquals(11_000, expiry.deadlineMillis(1));
        expiry.touch(2, 3_999, 6_000);
        assertEquals(10_000, expiry.deadlineMillis(2));
    }

    @Test
    void timesBeforeZeroAreRoundedUpToo() {
        BucketExpiry expiry = new BucketExpiry(1_000);
        expiry.touch(1, 100, -5_500);
        assertEquals(-5_000, expiry.deadlineMillis(1));
        assertEquals(List.of(), expired(expiry, -5_001));
        assertEquals(List.of(1L), expired(expiry, -5_000));
    }

    @Test
    void aTouchWithinTheSameBucketMovesNothing() {
        BucketExpiry expiry = new BucketExpiry(1_000);
        expiry.touch(1, 4_000, 0);
        expiry.touch(2, 4_000, 10);
        for (long now = 0; now < 1_000; now++) {
            expiry.touch(1, 4_000, now);
        }
        assertEquals(1, expiry.bucketCount());
        assertEquals(List.of(1L, 2L), expired(expiry, 5_000), "the order of the first touches is kept");
    }

    @Test
    void aTouchMovesASessionToALaterBucketAndAShorterTimeoutToAnEarlierOne() {
        BucketExpiry expiry = new BucketExpiry(1_000);
        expiry.touch(1, 4_000, 0);
        assertEquals(5_000, expiry.deadlineMillis(1));
        expiry.touch(1, 4_000, 1_000);
        assertEquals(6_000, expiry.deadlineMillis(1));
        expiry.touch(1, 1_000, 1_500);
        assertEquals(3_000, expiry.deadlineMillis(1));
        assertEquals(3_000, expiry.nextDeadlineMillis());
    }

    @Test
    void bucketsThatEverybodyLeftAreForgotten() {
        BucketExpiry expiry = new BucketExpiry(10);
        for (long now = 0; now < 100_000; now += 10) {
            expiry.touch(1, 4_000, now);
            expiry.touch(2, 40_000, now);
            assertEquals(List.of(), expired(expiry, now));
            assertTrue(expiry.bucketCount() <= 4_002, "buckets: " + expiry.bucketCount());
        }
        expiry.remove(1);
        expiry.remove(2);
        assertEquals(Long.MAX_VALUE, expiry.nextDeadlineMillis());
        assertEquals(0, expiry.bucketCount());
    }

    @Test
    void aCheckOfManyLivingSessionsNamesOnlyTheDeadOnes() {
        BucketExpiry expiry = new BucketExpiry(3_000);
        for (long id = 1; id <= 200_000; id++) {
            expiry.touch(id << 40, 30_000, id % 30_000);
        }
        expiry.touch(77, 6_000, 0);
        assertEquals(9_000, expiry.nextDeadlineMillis());
        assertEquals(List.of(77L), expired(expiry, 9_000));
        assertEquals(33_000, expiry.nextDeadlineMillis());
        assertEquals(200_000, expired(expiry, 63_000).size());
        assertEquals(0, expiry.bucketCount());
    }

    @Test
    void aTimeoutOrIntervalOfNothingIsOurBug() {
        assertThrows(IllegalStateException.class, () -> new BucketExpiry(0));
        BucketExpiry expiry = new BucketExpiry(1);
        assertThrows(IllegalStateException.class, () -> expiry.touch(1, 0, 0));
    }

    private static List<Long> expired(BucketExpiry expiry, long now) {
        List<Long> ids = new ArrayList<>();
        expiry.expired(now, ids::add);
        return ids;
    }
}
