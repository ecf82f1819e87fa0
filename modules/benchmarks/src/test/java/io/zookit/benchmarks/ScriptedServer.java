package io.zookit.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tiny server for the driver's tests: keeps znodes in a map and answers one request after the other, a thread for each connection.
 * A script may change any reply before it leaves.
 */
final class ScriptedServer implements AutoCloseable {
    private static final int SESSION_TIMEOUT_MILLIS = 30_000;
    private static final int CLOSE_SESSION = -11;
    private static final long LONGEST_END_MILLIS = 5_000;

    /** Changes a reply. */
    interface Script {
        /** Sends every reply as it is. */
        Script HONEST = (number, reply) -> reply;

        /**
         * What is sent instead of a reply.
         *
         * @param number counts the replies of this connection, from 1; the connect response is none
         * @param reply the frame, length first
         * @return the bytes to send; none to close the connection
         */
        byte[] reply(int number, byte[] reply);
    }

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> znodes = new ConcurrentHashMap<>(Map.of("/", new byte[0]));
    private final AtomicInteger sets = new AtomicInteger();
    private final AtomicInteger sessionsClosed = new AtomicInteger();

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        start(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** The paths there are, and their data. */
    Map<String, byte[]> znodes() {
        return znodes;
    }

    int sets() {
        return sets.get();
    }

    /** Sessions the client has ended by request; complete once the server is closed. */
    int sessionsClosed() {
        return sessionsClosed.get();
    }

    /** Reads the connections the client has closed to their end, and closes the others. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            threads.get(0).join();
            for (Thread thread : threads) {
                thread.join(LONGEST_END_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (SocketException closed) {
            // The end of the test.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream input = new DataInputStream(socket.getInputStream());
            input.readFully(new byte[input.readInt()]);
            byte[] connected = new byte[37];
            ByteBuffer.wrap(connected)
                    .putInt(0)
                    .putInt(SESSION_TIMEOUT_MILLIS)
                    .putLong(7)
                    .putInt(16);
            socket.getOutputStream().write(framed(connected));
            int number = 0;
            while (true) {
                byte[] request = new byte[input.readInt()];
                input.readFully(request);
                number++;
                byte[] reply = script.reply(number, framed(answer(ByteBuffer.wrap(request))));
                if (reply.length == 0) {
                    return;
                }
                socket.getOutputStream().write(reply);
            }
        } catch (EOFException | SocketException closed) {
            // The client has gone.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] answer(ByteBuffer request) throws IOException {
        int xid = request.getInt();
        int operation = request.getInt();
        if (operation == CLOSE_SESSION) {
            sessionsClosed.incrementAndGet();
            return reply(xid, 0, new byte[0]);
        }
        byte[] name = bytes(request);
        String path = new String(name, StandardCharsets.UTF_8);
        if (operation == Workload.CREATE.operation()) {
            boolean made = znodes.putIfAbsent(path, bytes(request)) == null;
            return reply(xid, made ? 0 : -110, made ? withLength(name) : new byte[0]);
        }
        byte[] data = znodes.get(path);
        if (data == null) {
            return reply(xid, -101, new byte[0]);
        }
        if (operation == Workload.DELETE.operation()) {
            znodes.remove(path);
            return reply(xid, 0, new byte[0]);
        }
        byte[] stat = new byte[68];
        if (operation == Workload.GET.operation()) {
            return reply(xid, 0, joined(withLength(data), stat));
        }
        if (operation == Workload.SET.operation()) {
            sets.incrementAndGet();
            znodes.put(path, bytes(request));
        }
        return reply(xid, 0, stat);
    }

    private static byte[] bytes(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return bytes;
    }

    private static byte[] reply(int xid, int error, byte[] body) throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        DataOutputStream output = new DataOutputStream(reply);
        output.writeInt(xid);
        output.writeLong(1);
        output.writeInt(error);
        output.write(body);
        return reply.toByteArray();
    }

    private static byte[] withLength(byte[] bytes) {
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] framed(byte[] frame) {
        return withLength(frame);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
