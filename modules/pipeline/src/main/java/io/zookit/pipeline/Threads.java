package io.zookit.pipeline;

/** Waiting for a thread of ours to end. */
final class Threads {
    private Threads() {}

    /** Waits until a thread has ended, however often the waiting thread is interrupted; the interrupt is kept for its caller. */
    static void join(Thread thread) {
        if (thread == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
