package io.zookit.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The way of a client or a server to a port of a server. It can be cut, or fall silent one way or both: then nothing arrives and nobody is
 * told, as with a cable that was pulled, and what was on its way arrives when it is plugged in again.
 */
final class Link implements AutoCloseable {
    private static final int BYTES = 8192;
    private static final long DIAL_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Way there = new Way();
    private final Way back = new Way();
    private boolean cut;

    private Link(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static Link to(int port) {
        try {
            Link link = new Link(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            link.run(link::acceptAll);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    String connectString() {
        return "127.0.0.1:" + port();
    }

    /** Lets bytes of whoever dials pass, or not. */
    void there(boolean passes) {
        there.passes(passes);
    }

    /** Lets bytes of whoever was dialed pass, or not. */
    void back(boolean passes) {
        back.passes(passes);
    }

    /** Breaks all connections and lets nobody through. */
    synchronized void cut() {
        cut = true;
        breakAll();
    }

    /** Everything passes again. */
    synchronized void heal() {
        cut = false;
        there.passes(true);
        back.passes(true);
    }

    private synchronized void breakAll() {
        sockets.forEach(Link::closeQuietly);
        sockets.clear();
    }

    private synchronized void run(Runnable work) {
        Thread thread = new Thread(work, "link to " + target);
        thread.setDaemon(true);
        threads.removeIf(earlier -> !earlier.isAlive());
        threads.add(thread);
        thread.start();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket from = listener.accept();
                run(() -> connect(from));
            } catch (IOException e) {
                // The link was closed.
            }
        }
    }

    /** Whoever dials has a connection already; so the other end is dialed for as long as a network would try. */
    private void connect(Socket from) {
        long deadline = System.nanoTime() + DIAL_NANOS;
        while (!isConnected(from)) {
            if (System.nanoTime() > deadline || isCut()) {
                closeQuietly(from);
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private synchronized boolean isCut() {
        return cut || listener.isClosed();
    }

    private synchronized boolean isConnected(Socket from) {
        if (isCut()) {
            return false;
        }
        try {
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
            to.setTcpNoDelay(true);
            from.setTcpNoDelay(true);
            sockets.removeIf(Socket::isClosed);
            sockets.add(from);
            sockets.add(to);
            run(() -> copy(from, to, there));
            run(() -> copy(to, from, back));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void copy(Socket from, Socket to, Way way) {
        try (from;
                to) {
            InputStream input = from.getInputStream();
            byte[] bytes = new byte[BYTES];
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                way.await();
                to.getOutputStream().write(bytes, 0, count);
            }
            // The end of a connection does not get through either.
            way.await();
        } catch (IOException e) {
            // One side is gone, and now the other is too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        heal();
        List<Thread> started;
        synchronized (this) {
            breakAll();
            started = List.copyOf(threads);
        }
        try {
            for (Thread thread : started) {
                thread.join(Running.PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One direction. */
    private static final class Way {
        private boolean passes = true;

        synchronized void passes(boolean now) {
            passes = now;
            notifyAll();
        }

        synchronized void await() throws InterruptedException {
            while (!passes) {
                wait();
            }
        }
    }
}
