package io.zookit.simulator.explore;

import io.zookit.simulator.check.Violation;
import io.zookit.simulator.mutant.Mutant;
import java.util.List;

/** A story in which a rule is broken: what happened in it otherwise than usual, a transcript, and the command that tells it again. */
public final class ExplorationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String rule;
    private final String deviations;

    ExplorationFailure(
            Shape shape, Mutant mutant, String deviations, int steps, List<String> transcript, Violation violation) {
        super(
                violation.getMessage() + "\n  after " + steps + " steps from " + shape + "\n  see it again: "
                        + command(shape, mutant, deviations) + "\n" + String.join("\n", transcript),
                violation);
        this.rule = violation.rule();
        this.deviations = deviations;
    }

    private static String command(Shape shape, Mutant mutant, String deviations) {
        String mistake = mutant == Mutant.NONE ? "" : " -Dzookit.sim.mutant=" + mutant;
        return "mvn -q verify -pl modules/simulator -am -Dtest=ExplorerReplayTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dzookit.explore.shape=" + shape
                + " -Dzookit.explore.deviations=" + deviations + mistake;
    }

    /** The rule that is broken. */
    public String rule() {
        return rule;
    }

    /** What happened otherwise than usual: {@code step:action} with commas, {@code none} for nothing. */
    public String deviations() {
        return deviations;
    }
}
