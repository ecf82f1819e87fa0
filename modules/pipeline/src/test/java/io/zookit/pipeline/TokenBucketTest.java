package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static TokenBucket bucket(int tokensMax, int fillMillis, int fillCount, int created, int renewed) {
        ConnectionRate rate =
                new ConnectionRate(tokensMax, fillMillis, fillCount, created, renewed, RefusalChance.NONE);
        return new TokenBucket(rate, new Random(1));
    }

    private static int taken(TokenBucket bucket, long nowMillis) {
        int taken = 0;
        while (taken < 1_000 && bucket.take(false, nowMillis)) {
            taken++;
        }
        return taken;
    }

    @Test
    void withoutATokenLimitEverybodyMayCome() {
        assertEquals(1_000, taken(new TokenBucket(ConnectionRate.UNLIMITED, new Random(1)), -5));
    }

    @Test
    void aFullBucketGoesAtOnceThenTokensComeByTime() {
        TokenBucket bucket = bucket(5, 100, 2, 1, 1);
        assertEquals(5, taken(bucket, -1_000));
        assertEquals(0, taken(bucket, -901));
        assertEquals(2, taken(bucket, -900));
        assertEquals(5, taken(bucket, Long.MAX_VALUE / 2), "no more than the bucket holds, however long nobody came");
    }

    @Test
    void partsOfAFillAreNotLost() {
        TokenBucket bucket = bucket(1, 100, 1, 1, 1);
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
        TokenBucket bucket = bucket(5, 1_000, 1, 3, 2);
        assertTrue(bucket.take(false, 0));
        assertFalse(bucket.take(false, 0), "3 of 2 left");
        assertTrue(bucket.take(true, 0));
    }

    @Test
    void whoIsRefusedByChanceTakesNoToken() {
        RefusalChance always = new RefusalChance(0, 1, 1, 0);
        TokenBucket bucket = new TokenBucket(new ConnectionRate(1, 100, 1, 1, 1, always), new Random(1));
        assertTrue(bucket.take(false, 0), "the chance is 0 at first");
        assertFalse(bucket.take(false, 1), "there is no token, so the chance is 1 from now on");
        assertTrue(bucket.take(false, 100), "the token that came has brought the chance down again");
    }

    @Test
    void aSteadyOverloadIsHeldToItsRateAndSharedEvenly() {
        RefusalChance chance = new RefusalChance(100, 0.02, 0.002, 0);
        TokenBucket bucket = new TokenBucket(new ConnectionRate(10, 100, 1, 1, 1, chance), new Random(20_261_122));
        int[] taken = new int[10];
        for (int millis = 0; millis < 2_000_000; millis += 10) {
            // Ten clients, each always at the same distance from the moment at which tokens come.
            taken[millis / 10 % 10] += bucket.take(false, millis) ? 1 : 0;
        }
        int most = Arrays.stream(taken).max().orElseThrow();
        int least = Arrays.stream(taken).min().orElseThrow();
        int all = Arrays.stream(taken).sum();
        assertTrue(all > 15_000 && all <= 20_010, () -> "taken " + all);
        assertTrue(least * 4 > most, () -> "of each " + Arrays.toString(taken));
    }
}
