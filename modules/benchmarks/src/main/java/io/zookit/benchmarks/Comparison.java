package io.zookit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures servers side by side: all run at once on this machine, one is under load at a time, and they take turns for several
 * rounds, so that a busy moment of the machine does not fall on one of them alone.
 */
final class Comparison {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final List<Scenario> WARM_UPS = Scenario.parseAll("set-100,create-100,get-100");

    private final BenchmarkOptions options;
    private final PrintStream progress;
    private final ComparisonTable table = new ComparisonTable();

    Comparison(BenchmarkOptions options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Runs all rounds and returns the table. */
    String run() throws IOException, InterruptedException {
        List<ServerSite> sites = new ArrayList<>();
        List<ServerProcess> servers = new ArrayList<>();
        try {
            for (ServerCommand command : options.servers()) {
                ServerSite site = ServerSite.below(options.directory());
                sites.add(site);
                servers.add(ServerProcess.start(command, site));
            }
            measure(servers);
        } finally {
            servers.forEach(ServerProcess::close);
            for (ServerSite site : sites) {
                site.close();
            }
        }
        return table.print(options.reference());
    }

    private void measure(List<ServerProcess> servers) throws IOException {
        for (ServerProcess server : servers) {
            warmUp(server);
        }
        List<ServerProcess> turns = new ArrayList<>(servers);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : options.scenarios()) {
                for (ServerProcess server : turns) {
                    LoadResult result =
                            server.under(() -> LoadDriver.run(LoadPlan.of(server, scenario, options.measured())));
                    table.add(scenario, server.name(), result);
                    progress.printf("round %d, %s, %s: %s%n", round, scenario.title(), server.name(), result);
                }
            }
            Collections.reverse(turns);
        }
    }

    /** Compilers do their work before anything is measured. */
    static void warmUp(ServerProcess server) throws IOException {
        for (Scenario scenario : WARM_UPS) {
            server.under(() -> LoadDriver.run(LoadPlan.of(server, scenario, WARM_UP)));
        }
    }
}
