package io.zookit.consensus.zab;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/** The threads of this plugin: started here, remembered while they run, and joined at the end. Safe for all threads. */
final class PeerThreads {
    private final Function<String, ThreadFactory> factories;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    PeerThreads(Function<String, ThreadFactory> factories) {
        this.factories = factories;
    }

    /** Starts a thread. */
    Thread start(String role, Runnable work) {
        Thread thread = factories.apply(role).newThread(() -> {
            try {
                work.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        thread.start();
        return thread;
    }

    /** Waits for the end of all of them; whatever they wait for has been closed. Not called by one of them. */
    void join() {
        boolean interrupted = false;
        // One that ends may have started another one just before.
        while (!running.isEmpty()) {
            for (Thread thread : running) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
