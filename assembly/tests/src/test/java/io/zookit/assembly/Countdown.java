package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Opens after so many acknowledged writes. */
final class Countdown {
    private final CountDownLatch latch;

    Countdown(int acknowledgements) {
        this.latch = new CountDownLatch(acknowledgements);
    }

    void acknowledged() {
        latch.countDown();
    }

    void await() throws InterruptedException {
        assertTrue(latch.await(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS), "the writers got no answers");
    }
}
