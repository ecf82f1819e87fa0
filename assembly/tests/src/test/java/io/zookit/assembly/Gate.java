package io.zookit.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A way to a server that can be shut: then its connections break, and nobody gets through until it is opened again. */
final class Gate implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean shut;

    private Gate(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static Gate to(Server server) throws IOException {
        Gate gate = new Gate(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server.port());
        gate.run("gate to " + server.port(), gate::acceptAll);
        return gate;
    }

    String connectString() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Breaks all connections and lets nobody through. */
    synchronized void shut() {
        shut = true;
        sockets.forEach(Gate::closeQuietly);
        sockets.clear();
    }

    synchronized void open() {
        shut = false;
    }

    private synchronized void run(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        threads.add(thread);
        thread.start();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The gate was closed.
            }
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        if (shut) {
            client.close();
            return;
        }
        sockets.add(client);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            run("to the server", () -> copy(client, server));
            run("to the client", () -> copy(server, client));
        } catch (IOException e) {
            // No server: whoever came is sent away.
            client.close();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream input = from.getInputStream();
            byte[] bytes = new byte[8192];
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                to.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException e) {
            // One side is gone, and now the other is too.
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
        shut();
        List<Thread> started;
        synchronized (this) {
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
}
