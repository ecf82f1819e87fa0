package io.zookit.simulator;

import io.zookit.simulator.check.Violation;
import io.zookit.simulator.mutant.Mutant;
import java.util.stream.Collectors;

/** A run broke a rule. The message holds all that is needed to see it again. */
public final class SimulationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SimulationOptions options;
    private final String rule;
    private final long step;

    SimulationFailure(SimulationOptions options, long step, Violation violation) {
        super(
                violation.getMessage() + "\n  at step " + step + " of " + options + "\n  see it again: "
                        + command(options),
                violation);
        this.options = options;
        this.rule = violation.rule();
        this.step = step;
    }

    /** A shrunk failure has options of its own, so everything that differs from the seed is named. */
    private static String command(SimulationOptions options) {
        StringBuilder command = new StringBuilder("mvn -q verify -pl modules/simulator -am -Dtest=ReplayTest");
        command.append(" -Dsurefire.failIfNoSpecifiedTests=false -Dzookit.sim.seed=")
                .append(options.seed());
        command.append(" -Dzookit.sim.steps=").append(options.steps());
        SimulationOptions ofSeed = SimulationOptions.of(options.seed(), options.steps());
        if (options.mutant() != Mutant.NONE) {
            command.append(" -Dzookit.sim.mutant=").append(options.mutant());
        }
        if (!options.faults().equals(ofSeed.faults())) {
            command.append(" -Dzookit.sim.faults=")
                    .append(options.faults().stream().map(Enum::name).collect(Collectors.joining(",")));
        }
        if (options.clients() != ofSeed.clients()) {
            command.append(" -Dzookit.sim.clients=").append(options.clients());
        }
        return command.toString();
    }

    /** The options of the run. */
    public SimulationOptions options() {
        return options;
    }

    /** The rule it broke. */
    public String rule() {
        return rule;
    }

    /** The step in which it did. */
    public long step() {
        return step;
    }
}
