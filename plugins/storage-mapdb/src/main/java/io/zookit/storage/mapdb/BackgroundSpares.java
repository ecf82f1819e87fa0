package io.zookit.storage.mapdb;

import io.zookit.spi.storage.StorageException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Prepares one file ahead on a thread of its own, so that the log thread need not write zeros while clients wait. */
final class BackgroundSpares implements Spares {
    /** What the thread has for the log; guarded by this. */
    private enum State {
        /** Nothing, and nothing wanted. */
        IDLE,
        /** A file is wanted or being made. */
        WANTED,
        /** {@link #spare} waits to be taken. */
        READY,
        /** {@link #failure} says why there is none; the next {@link #take} has it tried again. */
        FAILED,
        /** Over. */
        CLOSED
    }

    private final DiskCalls disk;
    private final Path directory;
    private final long bytes;
    private final Thread thread;
    private State state = State.IDLE;
    private @Nullable SpareFile spare;
    private @Nullable RuntimeException failure;

    /**
     * @param directory where the files are made
     * @param bytes the usual length
     * @param threads makes the one thread; it runs until {@link #close}
     */
    BackgroundSpares(DiskCalls disk, Path directory, long bytes, ThreadFactory threads) {
        this.disk = disk;
        this.directory = directory;
        this.bytes = bytes;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (awaitWish()) {
            SpareFile made = null;
            RuntimeException problem = null;
            try {
                made = SpareFile.create(disk, directory, "log.spare", bytes, this::isClosed);
            } catch (RuntimeException e) {
                // Handed to the log thread, which cannot go on without the file.
                problem = e;
            }
            deliver(made, problem);
        }
    }

    private synchronized boolean awaitWish() {
        while (state != State.WANTED && state != State.CLOSED) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody but the owner ends this thread; if somebody does, the log must not wait for it.
                state = State.CLOSED;
                notifyAll();
            }
        }
        return state == State.WANTED;
    }

    private synchronized void deliver(@Nullable SpareFile made, @Nullable RuntimeException problem) {
        spare = made;
        failure = problem;
        if (state != State.CLOSED) {
            state = made == null ? State.FAILED : State.READY;
        }
        notifyAll();
    }

    private synchronized boolean isClosed() {
        return state == State.CLOSED;
    }

    @Override
    public synchronized void request() {
        if (state == State.IDLE) {
            state = State.WANTED;
            notifyAll();
        }
    }

    @Override
    public synchronized boolean isReady() {
        return state == State.READY;
    }

    @Override
    public SpareFile take(long bytesMin) {
        if (bytesMin > bytes) {
            return SpareFile.create(disk, directory, "log.large", bytesMin, () -> false);
        }
        synchronized (this) {
            if (state == State.IDLE || state == State.FAILED) {
                state = State.WANTED;
                notifyAll();
            }
            while (state == State.WANTED) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StorageException(
                            "the log thread was interrupted while it waited for a new log segment", e);
                }
            }
            SpareFile taken = spare;
            if (state != State.READY || taken == null) {
                throw new StorageException(
                        failure == null ? "the log is closed" : String.valueOf(failure.getMessage()), failure);
            }
            spare = null;
            state = State.IDLE;
            return taken;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            state = State.CLOSED;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        SpareFile left = spare;
        spare = null;
        if (left != null) {
            left.discard(disk);
        }
    }
}
