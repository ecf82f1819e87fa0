package io.zookit.differential;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The same random requests to this server and to Apache ZooKeeper. A failure says the command that plays it again, and the shortest
 * list of steps found that still differs.
 */
class DifferentialTest {
    private static final String PROPERTY = "zookit.differential.";
    private static final long USUAL_SEED = 20_261_122;
    private static final int SHRINKING_TRIALS_MAX = 60;

    @Test
    void requestsOneAtATimeAreAnsweredAlike() throws Exception {
        play(Mode.SERIAL);
    }

    @Test
    void requestsSentTogetherAreAnsweredAlike() throws Exception {
        play(Mode.BURSTS);
    }

    @Test
    void requestsAreAnsweredAlikeWithoutTimesToLive() throws Exception {
        play(Mode.WITHOUT_TTL);
    }

    private static void play(Mode mode) throws IOException, InterruptedException {
        String only = System.getProperty(PROPERTY + "mode", "");
        assumeTrue(only.isEmpty() || only.equals(mode.name()), "only " + only + " is played");
        String seed = System.getProperty(PROPERTY + "seed", "");
        long firstSeed = seed.isEmpty() ? USUAL_SEED : Long.parseLong(seed);
        int operations = Integer.getInteger(PROPERTY + "operations", 10_000);
        int slices = Math.max(1, operations / Mode.SLICE_REQUESTS * (only.isEmpty() ? mode.tenths : 10) / 10);
        Match match = new Match(mode);
        try (match) {
            match.play(firstSeed, slices);
        }
        System.out.println(match.report());
        if (!match.differing().isEmpty()) {
            fail(match.differing().stream()
                    .map(differing -> described(mode, differing))
                    .collect(Collectors.joining("\n", match.report() + "\n", "")));
        }
    }

    private static String described(Mode mode, Match.Differing differing) {
        return "%s%nagain with: %s%n%s"
                .formatted(differing.what(), command(mode, differing.seed()), shortest(mode, differing.steps()));
    }

    private static String command(Mode mode, long seed) {
        return "mvn verify -pl modules/differential -am -Dtest=DifferentialTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -D" + PROPERTY + "mode=" + mode + " -D" + PROPERTY + "seed=" + seed + " -D" + PROPERTY
                + "operations=" + Mode.SLICE_REQUESTS;
    }

    private static String shortest(Mode mode, List<Step> steps) {
        if (!differs(mode, steps)) {
            return "on fresh servers these steps do not differ: what was played before them matters, or time does";
        }
        List<Step> shortest =
                new Shrinker(some -> differs(mode, some), SHRINKING_TRIALS_MAX).shortest(List.copyOf(steps));
        return "the shortest list that differs:\n"
                + shortest.stream().map(Step::toString).collect(Collectors.joining("\n"));
    }

    private static boolean differs(Mode mode, List<Step> steps) {
        try (ServerPair servers = ServerPair.start(mode.extendedTypes);
                Duel duel = new Duel(servers, StepGenerator.CLIENTS)) {
            new SliceRun(duel).run(steps);
            return false;
        } catch (Difference difference) {
            return true;
        } catch (IOException failure) {
            throw new IllegalStateException("the servers could not be started again", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
