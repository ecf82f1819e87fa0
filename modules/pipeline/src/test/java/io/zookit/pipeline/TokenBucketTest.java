package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static int taken(TokenBucket bucket, long nowMillis) {
        int taken = 0;
        while (taken < 1_000 && bucket.take(false, nowMillis)) {
            taken++;
        }
        return taken;
    }

    @Test
    void withoutATokenLimitEverybodyMayCome() {
        assertEquals(1_000, taken(new TokenBucket(ConnectionRate.UNLIMITED), -5));
    }

    @Test
    void aFullBucketGoesAtOnceThenTokensComeByTime() {
        TokenBucket bucket = new TokenBucket(new ConnectionRate(5, 100, 2, 1, 1));
        assertEquals(5, taken(bucket, -1_000));
        assertEquals(0, taken(bucket, -901));
        assertEquals(2, taken(bucket, -900));
        assertEquals(5, taken(bucket, Long.MAX_VALUE / 2), "no more than the bucket holds, however long nobody came");
    }

    @Test
    void partsOfAFillAreNotLost() {
        TokenBucket bucket = new TokenBucket(new ConnectionRate(1, 100, 1, 1, 1));
        assertTrue(bucket.take(false, 0));
        for (int millis = 1; millis < 100; millis++) {
            assertFalse(bucket.take(false, millis));
        }
        assertTrue(bucket.take(false, 100));
        assertFalse(bucket.take(false, 199));
        assertTrue(bucket.take(false, 200));
    }

    @Test
    void kindsOfSessionMayWeighDifferently() {
        TokenBucket bucket = new TokenBucket(new ConnectionRate(5, 1_000, 1, 3, 2));
        assertTrue(bucket.take(false, 0));
        assertFalse(bucket.take(false, 0), "3 of 2 left");
        assertTrue(bucket.take(true, 0));
    }
}
