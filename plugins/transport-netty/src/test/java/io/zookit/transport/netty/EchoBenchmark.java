package io.zookit.transport.netty;

import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a message costs in a transport without a server behind it. Run by hand:
 * {@code EchoBenchmark <auto|off> <connections> <in flight> <seconds> <inline|batch|foreign>}.
 *
 * <p>Requests of 120 bytes, replies of 16: sent one by one from received(), from the end of the batch, or by another thread.
 * Printed are messages per second, processor time of the transport's threads for each message, and the round trip's percentiles.
 */
final class EchoBenchmark {
    private static final int REQUEST_BYTES = 120;
    private static final int REPLY_BYTES = 16;

    private EchoBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int connections = Integer.parseInt(arguments[1]);
        int inFlight = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        NettySettings settings = new NettySettings(
                1, NettySettings.Polling.valueOf(arguments[0].toUpperCase()), false, 262_144, 65_536, 1_000);
        try (Transport transport = new NettyTransport(settings, work -> new Thread(work, "transport"))) {
            Pipeline pipeline = new Pipeline(arguments[4]);
            if (pipeline.mode.equals("foreign")) {
                Thread replica = new Thread(pipeline::replicate, "replica");
                replica.setDaemon(true);
                replica.start();
            }
            InetSocketAddress address =
                    transport.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), -1, pipeline);
            Clients clients = new Clients(address, connections, inFlight);
            clients.run(seconds);
            for (int run = 0; run < 3; run++) {
                report(clients, pipeline, seconds);
            }
        }
    }

    private static void report(Clients clients, Pipeline pipeline, int seconds) throws Exception {
        long cpuBefore = cpuNanos();
        long batchesBefore = pipeline.batches;
        long messages = clients.run(seconds);
        long cpu = cpuNanos() - cpuBefore;
        System.out.printf(
                "%,d messages/s  %.3f CPU-us/message  %.1f messages/batch  p50 %.1f us  p99 %.1f us%n",
                messages / seconds,
                cpu / 1000.0 / messages,
                (double) messages / (pipeline.batches - batchesBefore),
                clients.percentileMicros(50),
                clients.percentileMicros(99));
    }

    /** Processor time of the threads named transport, from the scheduler's own count. Linux only. */
    private static long cpuNanos() throws Exception {
        long nanos = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).startsWith("transport")) {
                    nanos += Long.parseLong(
                            Files.readString(task.resolve("schedstat")).split(" ")[0]);
                }
            }
        }
        return nanos;
    }

    private static final class Pipeline implements ConnectionHandler {
        private final String mode;
        private final List<Connection> due = new ArrayList<>();
        private final ConcurrentLinkedQueue<Connection> ring = new ConcurrentLinkedQueue<>();
        private final ByteBuffer reply = ByteBuffer.allocateDirect(REPLY_BYTES);
        private volatile Thread parked;
        private volatile long batches;

        private Pipeline(String mode) {
            this.mode = mode;
        }

        @Override
        public ByteReceiver opened(Connection connection) {
            return new ByteReceiver() {
                @Override
                public boolean received(ByteBuffer bytes) {
                    while (bytes.remaining() >= REQUEST_BYTES) {
                        bytes.position(bytes.position() + REQUEST_BYTES);
                        switch (mode) {
                            case "inline" -> connection.send(reply);
                            case "batch" -> due.add(connection);
                            default -> ring.add(connection);
                        }
                    }
                    return true;
                }

                @Override
                public void closed() {}
            };
        }

        @Override
        public void batchEnded() {
            batches++;
            for (int i = 0; i < due.size(); i++) {
                due.get(i).send(reply);
            }
            due.clear();
            Thread replica = parked;
            if (replica != null) {
                parked = null;
                java.util.concurrent.locks.LockSupport.unpark(replica);
            }
        }

        private void replicate() {
            while (true) {
                Connection next = ring.poll();
                if (next != null) {
                    next.send(reply);
                } else {
                    parked = Thread.currentThread();
                    if (ring.isEmpty()) {
                        java.util.concurrent.locks.LockSupport.park();
                    }
                }
            }
        }
    }

    /** All clients in one thread. */
    private static final class Clients {
        private final int inFlight;
        private final Selector selector = Selector.open();
        private final ByteBuffer requests;
        private final ByteBuffer replies = ByteBuffer.allocateDirect(64 * 1024);
        private long[] nanos = new long[4_000_000];
        private int measured;

        private Clients(InetSocketAddress address, int connections, int inFlight) throws Exception {
            this.inFlight = inFlight;
            requests = ByteBuffer.allocateDirect(inFlight * REQUEST_BYTES);
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(address);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new long[2]);
            }
        }

        /** Runs for so many seconds; each connection answers a burst of replies with a burst of requests. */
        private long run(int seconds) throws Exception {
            measured = 0;
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            long messages = 0;
            for (SelectionKey key : selector.keys()) {
                request(key, inFlight);
            }
            long outstanding = (long) selector.keys().size() * inFlight;
            while (outstanding > 0) {
                selector.select();
                long now = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    int count = replies(key, now);
                    messages += count;
                    outstanding -= count;
                    if (now < end && count > 0) {
                        request(key, count);
                        outstanding += count;
                    }
                }
                selector.selectedKeys().clear();
            }
            return messages;
        }

        private int replies(SelectionKey key, long now) throws Exception {
            long[] state = (long[]) key.attachment();
            replies.clear();
            int bytes = ((SocketChannel) key.channel()).read(replies);
            int total = (int) state[1] + Math.max(0, bytes);
            state[1] = total % REPLY_BYTES;
            if (measured < nanos.length) {
                nanos[measured++] = now - state[0];
            }
            return total / REPLY_BYTES;
        }

        private void request(SelectionKey key, int count) throws Exception {
            ((long[]) key.attachment())[0] = System.nanoTime();
            requests.clear().limit(count * REQUEST_BYTES);
            while (requests.hasRemaining()) {
                ((SocketChannel) key.channel()).write(requests);
            }
        }

        private double percentileMicros(int percent) {
            long[] sorted = Arrays.copyOf(nanos, measured);
            Arrays.sort(sorted);
            return sorted[(int) ((long) (measured - 1) * percent / 100)] / 1000.0;
        }
    }
}
