package io.zookit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long an ensemble of three is without writes when its leader is killed: from the kill to the acknowledgement of the first write
 * that was sent after it, by anybody. Each server has a few clients that write without a pause, and come back at once when they
 * lose their connection.
 */
final class FailoverTrial {
    private static final int MEMBERS = 3;
    private static final int CLIENTS_PER_MEMBER = 3;
    private static final long SETTLE_MILLIS = 1_000;
    private static final long RETRY_MILLIS = 5;
    private static final long LONGEST_GAP_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final double NANOS_PER_MILLI = 1e6;

    private final BenchmarkOptions options;
    private final PrintStream progress;

    FailoverTrial(BenchmarkOptions options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Kills as many leaders of each ensemble as there are rounds, and returns the table. */
    String run() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(
                "| server | leaders killed | median ms | least | most |\n|---|---:|---:|---:|---:|\n");
        for (ServerCommand command : options.servers()) {
            try (ServerGroup group = ServerGroup.start(command, options.directory(), MEMBERS)) {
                text.append(row(group));
            }
        }
        return text.append("From the kill of the leader to the acknowledgement of the first write sent after it.\n")
                .toString();
    }

    private String row(ServerGroup group) throws IOException, InterruptedException {
        List<Writer> writers = new ArrayList<>();
        try (ClientSocket socket = ClientSocket.open(group.addresses().get(0))) {
            socket.create(LoadPaths.ROOT);
        }
        for (InetSocketAddress address : group.addresses()) {
            for (int client = 0; client < CLIENTS_PER_MEMBER; client++) {
                writers.add(new Writer(address));
            }
        }
        try {
            writers.forEach(Thread::start);
            double[] gaps = new double[options.rounds()];
            for (int round = 0; round < gaps.length; round++) {
                gaps[round] = gap(group, writers) / NANOS_PER_MILLI;
                progress.printf(Locale.ROOT, "%s, round %d: %.0f ms%n", group.name(), round + 1, gaps[round]);
            }
            Arrays.sort(gaps);
            double median = (gaps[gaps.length / 2] + gaps[(gaps.length - 1) / 2]) / 2;
            return "| %s | %d | %.0f | %.0f | %.0f |%n"
                    .formatted(group.name(), gaps.length, median, gaps[0], gaps[gaps.length - 1]);
        } finally {
            writers.forEach(Thread::interrupt);
            for (Writer writer : writers) {
                writer.join();
            }
        }
    }

    private static long gap(ServerGroup group, List<Writer> writers) throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        int leader = group.leader();
        long killed = System.nanoTime();
        writers.forEach(writer -> writer.waitFrom(killed));
        group.kill(leader);
        long acknowledged;
        do {
            Thread.sleep(1);
            acknowledged =
                    writers.stream().mapToLong(Writer::firstAcknowledged).min().orElseThrow();
            if (System.nanoTime() - killed > LONGEST_GAP_NANOS) {
                throw new IOException(group.name() + ": no write was acknowledged for a minute");
            }
        } while (acknowledged == Long.MAX_VALUE);
        group.restart(leader);
        return acknowledged - killed;
    }

    /** Sets one znode again and again over one server. */
    private static final class Writer extends Thread {
        private final InetSocketAddress address;
        private final AtomicLong sentAfter = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLong acknowledged = new AtomicLong(Long.MAX_VALUE);

        Writer(InetSocketAddress address) {
            super("writer");
            this.address = address;
        }

        void waitFrom(long nanos) {
            acknowledged.set(Long.MAX_VALUE);
            sentAfter.set(nanos);
        }

        /** When the first write that was sent after {@link #waitFrom} was acknowledged, {@link Long#MAX_VALUE} while none was. */
        long firstAcknowledged() {
            return acknowledged.get();
        }

        @Override
        public void run() {
            while (!isInterrupted()) {
                try (ClientSocket socket = ClientSocket.open(address)) {
                    write(socket);
                } catch (IOException lost) {
                    pause();
                }
            }
        }

        private void write(ClientSocket socket) throws IOException {
            while (!isInterrupted()) {
                long sent = System.nanoTime();
                socket.set(LoadPaths.ROOT);
                if (sent - sentAfter.get() > 0) {
                    acknowledged.compareAndSet(Long.MAX_VALUE, System.nanoTime());
                }
            }
        }

        private void pause() {
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException ended) {
                interrupt();
            }
        }
    }
}
