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
    private final Starting starting;
    private final ComparisonTable table = new ComparisonTable();

    /** Starts what is to be measured. */
    @FunctionalInterface
    interface Starting {
        LoadTarget start(ServerCommand command) throws IOException, InterruptedException;
    }

    /**
     * @param starting makes a server, or an ensemble, of a command
     */
    Comparison(BenchmarkOptions options, Starting starting, PrintStream progress) {
        this.options = options;
        this.starting = starting;
        this.progress = progress;
    }

    /** Runs all rounds and returns the table. */
    String run() throws IOException, InterruptedException {
        List<LoadTarget> servers = new ArrayList<>();
        try {
            for (ServerCommand command : options.servers()) {
                servers.add(starting.start(command));
            }
            measure(servers);
        } finally {
            servers.forEach(LoadTarget::close);
        }
        return table.print(options.reference());
    }

    private void measure(List<LoadTarget> servers) throws IOException {
        for (LoadTarget server : servers) {
            warmUp(server);
        }
        List<LoadTarget> turns = new ArrayList<>(servers);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : options.scenarios()) {
                for (LoadTarget server : turns) {
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
    static void warmUp(LoadTarget server) throws IOException {
        for (Scenario scenario : WARM_UPS) {
            server.under(() -> LoadDriver.run(LoadPlan.of(server, scenario, WARM_UP)));
        }
    }
}
