package io.zookit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** Where the time of a server goes under each load: processor time of its threads, and the frames its profiler has seen on top. */
final class ProfileTrial {
    private final BenchmarkOptions options;
    private final JavaProgram java;
    private final PrintStream progress;

    ProfileTrial(BenchmarkOptions options, JavaProgram java, PrintStream progress) {
        this.options = options;
        this.java = java;
        this.progress = progress;
    }

    /** Profiles each server under each scenario, each time in a fresh process, and returns the report. */
    String run() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (ServerCommand command : options.servers()) {
            for (Scenario scenario : options.scenarios()) {
                progress.printf("profiling %s, %s%n", command.name(), scenario.title());
                try (ServerSite site = ServerSite.below(options.directory());
                        ServerProcess server = ServerProcess.start(command, site)) {
                    text.append(profile(server, scenario, site.directory().resolve("load.jfr")));
                }
            }
        }
        return text.toString();
    }

    private String profile(ServerProcess server, Scenario scenario, Path recording)
            throws IOException, InterruptedException {
        Comparison.warmUp(server);
        LoadPlan plan = new LoadPlan(
                server.addresses(),
                server.processes(),
                scenario,
                scenario.inFlight(),
                Duration.ZERO,
                options.measured());
        if (!scenario.workload().needsFreshPaths()) {
            server.under(() -> LoadDriver.load(plan));
        }
        java.jcmd(server.id(), "JFR.start", "name=load", "settings=profile");
        ThreadTimes begin = ThreadTimes.now(server.id(), java);
        LoadResult result = server.under(() -> LoadDriver.measure(plan));
        ThreadTimes end = ThreadTimes.now(server.id(), java);
        java.jcmd(server.id(), "JFR.stop", "name=load", "filename=" + recording);
        return "%n## %s, %s: %,.0f op/s, %.2f CPU us/op while profiled%n%n%s%n%s"
                .formatted(
                        server.name(),
                        scenario.title(),
                        result.throughput(),
                        result.serverCpuMicros(),
                        end.since(begin, result.operations()),
                        TopFrames.read(recording).print());
    }
}
