package io.zookit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What sessions cost, one server after the other: opening and closing them, telling many of one change, and keeping many that do
 * nothing. The caller's thread runs all connections.
 */
final class SessionTrial {
    private static final int STORM_CONNECTIONS = 32;
    private static final int WATCHERS = 1_000;
    private static final int IDLE_SESSIONS = 8_000;
    private static final int PINGS_PER_SECOND = 1_000;
    private static final int PINGS_PER_TICK = 10;
    private static final long SELECT_MILLIS = 10_000;
    private static final String WATCHED = LoadPaths.ROOT;

    private static final String HEADER = """
            | server | open + close, CPU us | sessions/s | fan-out, CPU us per event | events/s | idle session, heap bytes | CPU at 1,000 pings/s |
            |---|---:|---:|---:|---:|---:|---:|
            """;
    private static final String ROW = "| %s | %.1f | %,.0f | %.2f | %,.0f | %,.0f | %.2f %% |%n";
    private static final String LEGEND = """
            open + close: a connection, a session, its end; %d at a time. fan-out: %,d sessions watch one znode; each reads it again
            after an event, which is in the figure. idle: %,d sessions.
            """;

    private final BenchmarkOptions options;
    private final JavaProgram java;
    private final PrintStream progress;

    SessionTrial(BenchmarkOptions options, JavaProgram java, PrintStream progress) {
        this.options = options;
        this.java = java;
        this.progress = progress;
    }

    /** Runs the trial on each server and returns the table. */
    String run() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(HEADER);
        for (ServerCommand command : options.servers()) {
            try (ServerSite site = ServerSite.below(options.directory())) {
                site.configure(Map.of("maxClientCnxns", "0"));
                try (ServerProcess server = ServerProcess.start(command, site)) {
                    text.append(row(server));
                }
            }
        }
        return text.append(LEGEND.formatted(STORM_CONNECTIONS, WATCHERS, IDLE_SESSIONS))
                .toString();
    }

    private String row(ServerProcess server) throws IOException, InterruptedException {
        Duration warmUp = options.measured().multipliedBy(2);
        storm(server, warmUp);
        LoadWindow storm = storm(server, options.measured());
        LoadWindow fanOut = fanOut(server, warmUp, options.measured());
        Idle idle = idle(server);
        progress.printf("%s: storm %s, fan-out %s, %s%n", server.name(), storm, fanOut, idle);
        return ROW.formatted(
                server.name(),
                microsEach(storm),
                perSecond(storm),
                microsEach(fanOut),
                perSecond(fanOut),
                idle.heapBytesEach,
                100 * idle.coreShare);
    }

    private static double microsEach(LoadWindow window) {
        return window.serverNanos() / 1e3 / Math.max(1, window.operations());
    }

    private static double perSecond(LoadWindow window) {
        return window.operations() * 1e9 / window.nanos();
    }

    private static LoadWindow storm(ServerProcess server, Duration duration) throws IOException {
        List<StormConnection> connections = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < STORM_CONNECTIONS; i++) {
                connections.add(StormConnection.begin(server.address(), selector));
            }
            LoadMark begin = LoadMark.now(server.id());
            long end = begin.nanos() + duration.toNanos();
            long sessions = 0;
            while (System.nanoTime() - end < 0) {
                requireAnswer(selector);
                for (SelectionKey key : selector.selectedKeys()) {
                    StormConnection connection = (StormConnection) key.attachment();
                    if (connection.receive()) {
                        sessions++;
                        connection.again();
                    }
                }
                selector.selectedKeys().clear();
            }
            return LoadMark.now(server.id()).since(begin, sessions);
        } finally {
            for (StormConnection connection : connections) {
                connection.end();
            }
        }
    }

    private static void requireAnswer(Selector selector) throws IOException {
        if (selector.select(SELECT_MILLIS) == 0) {
            throw new IOException("the server has said nothing for " + SELECT_MILLIS + " ms");
        }
    }

    private static LoadWindow fanOut(ServerProcess server, Duration warmUp, Duration duration) throws IOException {
        List<ClientSocket> sockets = new ArrayList<>();
        try (Selector selector = Selector.open();
                ClientSocket writer = ClientSocket.open(server.address())) {
            writer.create(WATCHED);
            List<WatchingConnection> watchers = new ArrayList<>();
            for (int i = 0; i < WATCHERS; i++) {
                ClientSocket socket = ClientSocket.open(server.address());
                sockets.add(socket);
                watchers.add(new WatchingConnection(socket, selector, WATCHED));
            }
            awaitWatches(selector, watchers, 1);
            int rounds = changes(selector, watchers, writer, 0, warmUp);
            LoadMark begin = LoadMark.now(server.id());
            int last = changes(selector, watchers, writer, rounds, duration);
            return LoadMark.now(server.id()).since(begin, (long) (last - rounds) * WATCHERS);
        } finally {
            for (ClientSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Changes the znode, again and again, each time when all have heard of the change before. */
    private static int changes(
            Selector selector,
            List<WatchingConnection> watchers,
            ClientSocket writer,
            int roundsBefore,
            Duration duration)
            throws IOException {
        long end = System.nanoTime() + duration.toNanos();
        int rounds = roundsBefore;
        while (System.nanoTime() - end < 0) {
            writer.set(WATCHED);
            rounds++;
            awaitWatches(selector, watchers, rounds + 1);
        }
        return rounds;
    }

    private static void awaitWatches(Selector selector, List<WatchingConnection> watchers, int replies)
            throws IOException {
        while (!watchers.stream()
                .allMatch(watcher -> watcher.replies() == replies && watcher.events() == replies - 1)) {
            requireAnswer(selector);
            for (SelectionKey key : selector.selectedKeys()) {
                ((WatchingConnection) key.attachment()).receive();
            }
            selector.selectedKeys().clear();
        }
    }

    private Idle idle(ServerProcess server) throws IOException, InterruptedException {
        List<ClientSocket> sockets = new ArrayList<>();
        try {
            long before = LiveHeap.bytes(server, java);
            for (int i = 0; i < IDLE_SESSIONS; i++) {
                sockets.add(ClientSocket.open(server.address()));
            }
            long heapBytes = LiveHeap.bytes(server, java) - before;
            return new Idle((double) heapBytes / IDLE_SESSIONS, coreShareOfPings(server, sockets));
        } finally {
            for (ClientSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private double coreShareOfPings(ServerProcess server, List<ClientSocket> sockets)
            throws IOException, InterruptedException {
        ByteBuffer ping = RequestFrames.ping();
        ByteBuffer replies = ByteBuffer.allocateDirect(256);
        for (ClientSocket socket : sockets) {
            socket.channel().configureBlocking(false);
        }
        LoadMark begin = LoadMark.now(server.id());
        long ticks = options.measured().toSeconds() * PINGS_PER_SECOND / PINGS_PER_TICK;
        int next = 0;
        for (long tick = 0; tick < ticks; tick++) {
            for (int i = 0; i < PINGS_PER_TICK; i++, next++) {
                ClientSocket socket = sockets.get(next % sockets.size());
                // The answer to the ping of the last time around.
                socket.channel().read(replies.clear());
                socket.channel().write(ping.rewind());
            }
            long due = begin.nanos() + (tick + 1) * PINGS_PER_TICK * 1_000_000_000L / PINGS_PER_SECOND;
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())).toMillis());
        }
        LoadWindow window = LoadMark.now(server.id()).since(begin, next);
        return (double) window.serverNanos() / window.nanos();
    }

    private record Idle(double heapBytesEach, double coreShare) {}
}
