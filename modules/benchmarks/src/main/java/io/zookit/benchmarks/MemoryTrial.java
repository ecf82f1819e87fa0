package io.zookit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What many znodes cost, one server after the other: live heap, the way back after a crash, and the longest wait of a writer while
 * snapshots are taken.
 */
final class MemoryTrial {
    private static final Scenario LOADED = Scenario.parse("set-100");
    private static final Scenario DURING_SNAPSHOTS = Scenario.parse("set-100-8x4");

    /** So few that a snapshot follows the other. */
    private static final String SNAP_COUNT = "20000";

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private static final String HEADER = """
            | server | znodes | live heap, bytes per znode | resident MB | restart s | restart CPU s | snapshots | worst set ms | p99.9 ms | set/s |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;
    private static final String ROW = "| %s | %,d | %,.0f | %s | %.2f | %.2f | %d | %.1f | %.1f | %,.0f |%n";
    private static final String LEGEND = """
            live heap: after two full collections, less that of the empty server. restart: after kill -9, until the last znode is found.
            snapshots: finished during the sets; without one the figures right of it mean nothing.
            """;

    private final BenchmarkOptions options;
    private final JavaProgram java;
    private final PrintStream progress;
    private final int znodesPerConnection;

    MemoryTrial(BenchmarkOptions options, JavaProgram java, PrintStream progress) {
        this.options = options;
        this.java = java;
        this.progress = progress;
        this.znodesPerConnection = Math.max(1, options.znodes() / LOADED.connections());
    }

    /** Runs the trial on each server and returns the table. */
    String run() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(HEADER);
        for (ServerCommand command : options.servers()) {
            try (ServerSite site = ServerSite.below(options.directory())) {
                text.append(row(command, site));
            }
        }
        return text.append(LEGEND).toString();
    }

    private String row(ServerCommand command, ServerSite site) throws IOException, InterruptedException {
        Loaded loaded = load(command, site);
        Restart restart = restart(command, site);
        site.configure(Map.of("snapCount", SNAP_COUNT));
        Set<String> before = site.snapshots();
        LoadResult sets;
        try (ServerProcess server = ServerProcess.start(command, site)) {
            sets = server.under(() -> LoadDriver.measure(plan(server, DURING_SNAPSHOTS)));
        }
        Set<String> taken = new HashSet<>(site.snapshots());
        taken.removeAll(before);
        progress.printf("%s: %s%n", command.name(), sets);
        int znodes = znodesPerConnection * LOADED.connections();
        return ROW.formatted(
                command.name(),
                znodes,
                (double) loaded.heapBytes / znodes,
                loaded.residentMegabytes,
                restart.seconds,
                restart.cpuSeconds,
                taken.size(),
                sets.worstMicros() / 1_000,
                sets.p999Micros() / 1_000,
                sets.throughput());
    }

    private Loaded load(ServerCommand command, ServerSite site) throws IOException, InterruptedException {
        ServerProcess server = ServerProcess.start(command, site);
        try {
            long empty = LiveHeap.bytes(server, java);
            server.under(() -> LoadDriver.load(plan(server, LOADED)));
            Loaded loaded = new Loaded(LiveHeap.bytes(server, java) - empty, residentMegabytes(server));
            progress.printf("%s: empty heap %,d bytes; %s%n", command.name(), empty, loaded);
            return loaded;
        } finally {
            server.kill();
        }
    }

    private Restart restart(ServerCommand command, ServerSite site) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(command, site);
                ClientSocket socket = ClientSocket.open(server.address())) {
            String last = LoadPaths.znode(LOADED.connections() - 1, znodesPerConnection - 1);
            if (!socket.exists(last)) {
                throw new IOException(command.name() + " has lost " + last + ", which it had acknowledged");
            }
            Restart restart = new Restart((System.nanoTime() - begin) / 1e9, ProcessCpu.nanos(server.id()) / 1e9);
            progress.printf("%s: %s%n", command.name(), restart);
            return restart;
        }
    }

    private LoadPlan plan(ServerProcess server, Scenario scenario) {
        return new LoadPlan(
                server.addresses(),
                server.processes(),
                scenario,
                znodesPerConnection,
                Duration.ofSeconds(3),
                options.measured());
    }

    /** The whole process, so that nothing hides beside the heap; "-" where the system does not tell. */
    private static String residentMegabytes(ServerProcess server) throws IOException {
        Path status = Path.of("/proc", Long.toString(server.id()), "status");
        if (!Files.exists(status)) {
            return "-";
        }
        Matcher matcher = RESIDENT.matcher(Files.readString(status));
        return matcher.find() ? Long.toString(Long.parseLong(matcher.group(1)) / 1024) : "-";
    }

    private record Loaded(long heapBytes, String residentMegabytes) {}

    private record Restart(double seconds, double cpuSeconds) {}
}
