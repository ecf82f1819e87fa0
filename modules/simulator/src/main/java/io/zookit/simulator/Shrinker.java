package io.zookit.simulator;

import io.zookit.simulator.SimulationOptions.Fault;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes the story of a failure shorter: fewer steps, fewer kinds of fault, fewer clients, as long as the same rule is broken. Each
 * attempt is a run of its own, so there is a bound.
 */
public final class Shrinker {
    private final int attemptsMax;
    private int attempts;
    private SimulationFailure best;

    private Shrinker(SimulationFailure failure, int attemptsMax) {
        best = failure;
        this.attemptsMax = attemptsMax;
    }

    /**
     * Shortens a failure.
     *
     * @param failure what was found
     * @param attemptsMax how many runs it may take
     * @return a failure of the same rule that is no longer than the one given
     */
    public static SimulationFailure shrink(SimulationFailure failure, int attemptsMax) {
        return new Shrinker(failure, attemptsMax).run();
    }

    private SimulationFailure run() {
        attempt(best.options()
                .withSteps((int) Math.min(best.step(), best.options().steps())));
        boolean shorter = true;
        while (shorter && attempts < attemptsMax) {
            shorter = withoutAFault();
            shorter |= withFewerClients();
            shorter |= withFewerSteps();
        }
        return best;
    }

    private boolean withoutAFault() {
        boolean shorter = false;
        for (Fault fault : Fault.values()) {
            if (best.options().faults().contains(fault)) {
                Set<Fault> fewer = EnumSet.copyOf(best.options().faults());
                fewer.remove(fault);
                shorter |= attempt(best.options().withFaults(fewer));
            }
        }
        return shorter;
    }

    private boolean withFewerClients() {
        int clients = best.options().clients();
        return clients > 1 && attempt(best.options().withClients(clients - 1));
    }

    private boolean withFewerSteps() {
        return attempt(best.options().withSteps(best.options().steps() * 3 / 4));
    }

    /** Runs other options; whether they break the same rule in no more steps. */
    private boolean attempt(SimulationOptions options) {
        if (attempts >= attemptsMax) {
            return false;
        }
        attempts++;
        try {
            Simulation.run(options);
            return false;
        } catch (SimulationFailure failure) {
            boolean same = failure.rule().equals(best.rule()) && failure.step() <= best.step();
            if (same) {
                best = failure;
            }
            return same;
        }
    }
}
