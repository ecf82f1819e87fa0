package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void whoeverBringsWorkDoesItAtOnceWhenNobodyElseDoes() {
        AtomicInteger rounds = new AtomicInteger();
        Turns turns = new Turns(rounds::incrementAndGet, task -> {
            throw new AssertionError("no hand-over is needed");
        });
        turns.take();
        turns.take();
        assertEquals(2, rounds.get());
    }

    @Test
    void workAnnouncedDuringARoundGetsARoundOfItsOwnAndNeverASecondOwner() {
        List<Turns> self = new ArrayList<>();
        AtomicInteger rounds = new AtomicInteger();
        AtomicBoolean inside = new AtomicBoolean();
        Turns turns = new Turns(
                () -> {
                    assertFalse(inside.getAndSet(true), "two owners");
                    if (rounds.incrementAndGet() == 1) {
                        self.get(0).take();
                        self.get(0).request();
                    }
                    inside.set(false);
                },
                task -> {
                    throw new AssertionError("the owner is here already");
                });
        self.add(turns);
        turns.take();
        assertEquals(2, rounds.get());
    }

    @Test
    void aThreadDoesNotWorkForOthersForEver() {
        ArrayDeque<Runnable> home = new ArrayDeque<>();
        List<Turns> self = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(100);
        Turns turns = new Turns(
                () -> {
                    if (left.decrementAndGet() > 0) {
                        self.get(0).request();
                    }
                },
                home::add);
        self.add(turns);
        turns.take();
        assertTrue(left.get() > 0, "the turn was handed to the home thread in between");
        int handOvers = 0;
        while (!home.isEmpty()) {
            home.poll().run();
            handOvers++;
        }
        assertEquals(0, left.get());
        assertTrue(handOvers > 1);
    }

    @Test
    void nothingAnnouncedByManyThreadsIsLost() throws InterruptedException {
        ConcurrentLinkedQueue<Integer> brought = new ConcurrentLinkedQueue<>();
        AtomicBoolean inside = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        ExecutorService home = Executors.newSingleThreadExecutor();
        Turns turns = new Turns(
                () -> {
                    assertFalse(inside.getAndSet(true), "two owners");
                    while (brought.poll() != null) {
                        done.incrementAndGet();
                    }
                    inside.set(false);
                },
                home);
        int threads = 4;
        int each = 50_000;
        CountDownLatch ended = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            boolean inline = t % 2 == 0;
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            brought.add(i);
                            if (inline) {
                                turns.take();
                            } else {
                                turns.request();
                            }
                        }
                        ended.countDown();
                    })
                    .start();
        }
        assertTrue(ended.await(60, TimeUnit.SECONDS));
        home.shutdown();
        assertTrue(home.awaitTermination(60, TimeUnit.SECONDS));
        assertEquals(threads * each, done.get());
    }
}
