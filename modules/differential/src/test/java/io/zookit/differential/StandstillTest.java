package io.zookit.differential;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final long START = Long.MAX_VALUE - 5;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Standstill standstill = new Standstill();

    @Test
    void aSliceThatGoesOnIsNotHeldUp() {
        standstill.begin(START);
        for (int second = 1; second <= 60; second++) {
            standstill.beat(START + second * SECOND);
        }
        assertFalse(standstill.happened(START + 60 * SECOND));
    }

    @Test
    void aGapBetweenBeatsHoldsUpWhereverItWas() {
        standstill.begin(START);
        standstill.beat(START + SECOND);
        standstill.beat(START + 12 * SECOND);
        standstill.beat(START + 13 * SECOND);
        assertTrue(standstill.happened(START + 14 * SECOND));
    }

    @Test
    void aGapAtTheEndHoldsUpToo() {
        standstill.begin(START);
        standstill.beat(START + SECOND);
        assertTrue(standstill.happened(START + 12 * SECOND));
    }

    @Test
    void aSliceIsHeldUpWhenASessionMayHaveEndedInIt() {
        standstill.begin(START);
        for (int second = 1; second <= 61; second++) {
            standstill.beat(START + second * SECOND);
        }
        assertTrue(standstill.happened(START + 61 * SECOND));
    }

    @Test
    void theNextSliceBeginsAnew() {
        standstill.begin(START);
        assertTrue(standstill.happened(START + 100 * SECOND));
        standstill.begin(START + 100 * SECOND);
        assertFalse(standstill.happened(START + 101 * SECOND));
    }

    @Test
    void aThreadTellsThatTimeGoesOn() throws Exception {
        CountDownLatch beats = new CountDownLatch(2);
        try (Heartbeat heartbeat = new Heartbeat(nowNanos -> beats.countDown())) {
            assertTrue(beats.await(60, TimeUnit.SECONDS), () -> heartbeat + " is silent");
        }
    }
}
