package io.zookit.kernel;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemon threads named {@code zookit-<server>-<role>}; from the second on with a number. Whoever asks for a thread ends and
 * joins it.
 */
public final class NamedThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger made = new AtomicInteger();

    /**
     * @param serverName the server's name
     * @param role what the threads do
     */
    public NamedThreads(String serverName, String role) {
        this.name = "zookit-" + serverName + "-" + role;
    }

    @Override
    public Thread newThread(Runnable work) {
        int number = made.incrementAndGet();
        Thread thread = new Thread(work, number == 1 ? name : name + "-" + number);
        thread.setDaemon(true);
        return thread;
    }
}
