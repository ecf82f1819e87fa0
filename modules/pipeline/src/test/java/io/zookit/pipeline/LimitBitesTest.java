package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.pipeline.operation.Limit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitBitesTest {
    private final HandClock clock = new HandClock(-500);
    private final LimitBites bites = new LimitBites(clock);
    private final AtomicInteger asked = new AtomicInteger();

    private void bite(Limit limit) {
        bites.bit(limit, () -> "bite " + asked.incrementAndGet());
    }

    @Test
    void eachBiteCountsAndTheFirstOfAMinuteIsSaid() {
        for (int i = 0; i < 1_000; i++) {
            bite(Limit.CONNECTIONS);
        }
        assertEquals(1_000, bites.count(Limit.CONNECTIONS));
        assertEquals(1, bites.spoken(Limit.CONNECTIONS));
        clock.forward(59_999);
        bite(Limit.CONNECTIONS);
        assertEquals(1, asked.get());
        clock.forward(1);
        bite(Limit.CONNECTIONS);
        assertEquals(2, asked.get());
    }

    @Test
    void oneLimitDoesNotSilenceAnother() {
        bite(Limit.CONNECTIONS);
        bite(Limit.QUOTA);
        assertEquals(2, asked.get());
    }

    @Test
    void monitoringFindsEachCountByItsName() {
        bite(Limit.WAITING_TIME);
        assertEquals(1, bites.counts().get("throttled_ops"));
        assertEquals(Limit.values().length, bites.counts().size());
    }
}
