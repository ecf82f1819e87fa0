package io.zookit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where the time of servers goes under each load: processor time of their threads, and the frames their profiler has seen on top. */
final class ProfileTrial {
    private final BenchmarkOptions options;
    private final JavaProgram java;
    private final int size;
    private final PrintStream progress;

    /**
     * @param size how many servers form an ensemble; 1 for a standalone server
     */
    ProfileTrial(BenchmarkOptions options, JavaProgram java, int size, PrintStream progress) {
        this.options = options;
        this.java = java;
        this.size = size;
        this.progress = progress;
    }

    /** Profiles each kind of server under each scenario, each time in fresh processes, and returns the report. */
    String run() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (ServerCommand command : options.servers()) {
            for (Scenario scenario : options.scenarios()) {
                progress.printf("profiling %s, %s%n", command.name(), scenario.title());
                try (ServerGroup servers = ServerGroup.start(command, options.directory(), size)) {
                    text.append(profile(servers, scenario));
                }
            }
        }
        return text.toString();
    }

    private String profile(ServerGroup servers, Scenario scenario) throws IOException, InterruptedException {
        Comparison.warmUp(servers);
        // Compilers take their time after a load changes its kind, and three servers on one machine have three of them.
        servers.under(() -> LoadDriver.run(LoadPlan.of(servers, scenario, options.measured())));
        LoadPlan plan = new LoadPlan(
                servers.addresses(),
                servers.processes(),
                scenario,
                scenario.inFlight(),
                Duration.ZERO,
                options.measured());
        if (!scenario.workload().needsFreshPaths()) {
            servers.under(() -> LoadDriver.load(plan));
        }
        List<Recorded> recordings = new ArrayList<>();
        try {
            for (long process : servers.processes()) {
                recordings.add(new Recorded(process));
            }
            for (Recorded recording : recordings) {
                recording.begin();
            }
            LoadResult result = servers.under(() -> LoadDriver.measure(plan));
            for (Recorded recording : recordings) {
                recording.end();
            }
            return report(servers, scenario, result, recordings);
        } finally {
            for (Recorded recording : recordings) {
                Files.deleteIfExists(recording.file);
            }
        }
    }

    private String report(ServerGroup servers, Scenario scenario, LoadResult result, List<Recorded> recordings)
            throws IOException {
        StringBuilder text = new StringBuilder("%n## %s, %s: %,.0f op/s, %.2f CPU us/op while profiled%n"
                .formatted(servers.name(), scenario.title(), result.throughput(), result.serverCpuMicros()));
        int leader = size > 1 ? servers.leader() : 0;
        for (int place = 0; place < size; place++) {
            if (size > 1) {
                text.append("%n### %s%n".formatted(place == leader ? "leader" : "follower"));
            }
            text.append("%n".formatted()).append(recordings.get(place).report(result.operations()));
        }
        return text.toString();
    }

    /** What one server does between two moments. */
    private final class Recorded {
        private final long process;
        private final Path file;
        private ThreadTimes before = ThreadTimes.NONE;
        private ThreadTimes after = ThreadTimes.NONE;

        Recorded(long process) throws IOException {
            this.process = process;
            file = Files.createTempFile(options.directory(), "load", ".jfr");
        }

        void begin() throws IOException, InterruptedException {
            java.jcmd(process, "JFR.start", "name=load", "settings=profile");
            before = ThreadTimes.now(process, java);
        }

        void end() throws IOException, InterruptedException {
            after = ThreadTimes.now(process, java);
            java.jcmd(process, "JFR.stop", "name=load", "filename=" + file);
        }

        /** The times are for each operation of the whole load. */
        String report(long operations) throws IOException {
            return after.since(before, operations)
                    + System.lineSeparator()
                    + TopFrames.read(file).print();
        }
    }
}
