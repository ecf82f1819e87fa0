package io.zookit.differential;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** A thread that does nothing but say what time it is, which it cannot while its process stands still. */
final class Heartbeat implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param beat is told {@link System#nanoTime} ten times a second, on a thread that ends with {@link #close}
     */
    Heartbeat(LongConsumer beat) {
        thread = new Thread(() -> run(beat), "differential-heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(LongConsumer beat) {
        try {
            while (!ended.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                beat.accept(System.nanoTime());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
