package io.zookit.simulator;

import io.zookit.simulator.SimulationOptions.Fault;
import io.zookit.simulator.mutant.Mutant;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs what the message of a failure names, and writes down all that happens. */
@EnabledIfSystemProperty(named = "zookit.sim.seed", matches = "-?\\d+")
class ReplayTest {
    private static final Path TRACE = Path.of("target", "simulation-trace.txt");

    @Test
    void aFailureIsSeenAgain() throws IOException {
        SimulationOptions options = SimulationOptions.of(
                        Long.getLong("zookit.sim.seed"), Integer.getInteger("zookit.sim.steps", 8_000))
                .with(Mutant.valueOf(System.getProperty("zookit.sim.mutant", "NONE")));
        String faults = System.getProperty("zookit.sim.faults");
        if (faults != null) {
            Set<Fault> named = EnumSet.noneOf(Fault.class);
            for (String fault : faults.split(",")) {
                if (!fault.isEmpty()) {
                    named.add(Fault.valueOf(fault));
                }
            }
            options = options.withFaults(named);
        }
        options = options.withClients(Integer.getInteger("zookit.sim.clients", options.clients()));
        System.out.println("what happens is written to " + TRACE.toAbsolutePath());
        try (BufferedWriter writer = Files.newBufferedWriter(TRACE)) {
            Simulation.run(options, line -> write(writer, line));
        }
    }

    private static void write(BufferedWriter writer, String line) {
        try {
            writer.write(line);
            writer.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
