package io.zookit.simulator;

import io.zookit.simulator.check.Violation;
import io.zookit.simulator.mutant.Mutant;

/** A run broke a rule. The message holds all that is needed to see it again. */
public final class SimulationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SimulationOptions options;
    private final String rule;
    private final long step;

    SimulationFailure(SimulationOptions options, long step, Violation violation) {
        super(
                violation.getMessage() + "\n  at step " + step + " of " + options + "\n  see it again: "
                        + command(options, step),
                violation);
        this.options = options;
        this.rule = violation.rule();
        this.step = step;
    }

    private static String command(SimulationOptions options, long step) {
        String mutant = options.mutant() == Mutant.NONE ? "" : " -Dzookit.sim.mutant=" + options.mutant();
        return "mvn -q verify -pl modules/simulator -am -Dtest=ReplayTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dzookit.sim.seed=" + options.seed() + " -Dzookit.sim.steps=" + options.steps()
                + " -Dzookit.sim.until=" + step + mutant;
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
