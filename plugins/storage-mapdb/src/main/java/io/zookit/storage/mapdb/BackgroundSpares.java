package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.spi.storage.StorageException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills one file ahead on a thread of its own, so that the log thread need not write zeros while clients wait. */
final class BackgroundSpares implements Spares {
    private static final Logger LOGGER = LoggerFactory.getLogger(BackgroundSpares.class);

    /** What the thread has for the log; guarded by this. */
    private enum State {
        /** Nothing, and nothing wanted. */
        IDLE,
        /** A file is wanted or being made. */
        WANTED,
        /** {@link #spare} waits to be taken. */
        READY,
        /** Over. */
        CLOSED
    }

    private final DiskCalls disk;
    private final Path directory;
    private final long bytes;
    private final Thread thread;
    private State state = State.IDLE;
    private @Nullable SpareFile spare;

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
            try {
                made = SpareFile.filled(disk, directory, "log.spare", bytes, this::isClosed);
            } catch (StorageException e) {
                // The log goes on without; if the disk is full it will find out itself, and stop.
                LOGGER.warn("No log file could be prepared: {}", e.getMessage());
            }
            deliver(made);
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

    private synchronized void deliver(@Nullable SpareFile made) {
        spare = made;
        if (state != State.CLOSED) {
            state = made == null ? State.IDLE : State.READY;
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
        SpareFile filled = bytesMin > bytes ? null : takeFilled();
        return filled != null ? filled : SpareFile.empty(disk, directory, "log.empty", Math.max(bytes, bytesMin));
    }

    private synchronized @Nullable SpareFile takeFilled() {
        if (state != State.READY) {
            return null;
        }
        SpareFile taken = spare;
        spare = null;
        state = State.IDLE;
        return taken;
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
