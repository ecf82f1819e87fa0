package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members lose sight of each other, in all the ways in which networks fail. */
@Timeout(1800)
class EnsemblePartitionIT {
    private static final int ROUNDS = Integer.getInteger("zookit.partitions", 5);
    private static final int CLIENTS = 3;

    @TempDir
    Path directory = Path.of("");

    @Test
    void nothingIsLostWhoeverLosesSightOfWhom() throws Exception {
        long seed = Long.getLong("zookit.seed", System.nanoTime());
        String where = "-Dzookit.seed=" + seed;
        Random random = new Random(seed);
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).linked().startAll();
                Ledger ledger = Ledger.start(ensemble.connectString(), CLIENTS);
                Histories histories = Histories.start(ensemble, CLIENTS, seed)) {
            for (int round = 0; round < ROUNDS; round++) {
                ledger.awaitMore(100, ensemble);
                Member leader = ensemble.awaitLeader();
                int victim = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : leader.id();
                part(ensemble, victim, Parting.values()[round % Parting.values().length]);
                // Those who still see each other go on, and nobody has to help.
                ledger.awaitMore(100, ensemble);
                ensemble.heal();
                ensemble.awaitAll();
                histories.nextRound();
            }
            ledger.awaitMore(100, ensemble);
            ledger.stop(ensemble);
            histories.stopAndCheck(where);
            ensemble.assertHolds(ledger, where);
        } catch (AssertionError e) {
            throw new AssertionError(where, e);
        }
    }

    @Test
    void aLeaderWhoIsNotHeardIsNoLeader() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).linked().startAll()) {
            Member leader = ensemble.awaitLeader();
            part(ensemble, leader.id(), Parting.BOTH_WAYS_SILENT);
            Waiting.until(
                    () -> ensemble.leader().filter(next -> next != leader).isPresent(),
                    () -> "the others have a leader\n" + ensemble.text());
            Waiting.until(() -> !leader.serves(), () -> "the old one serves no more\n" + ensemble.text());
            Member next = ensemble.awaitLeader();
            assertNotEquals(leader.id(), next.id());
            ensemble.heal();
            ensemble.awaitAll();
        }
    }

    /** How somebody is parted from all others. */
    private enum Parting {
        CUT,
        IS_NOT_HEARD,
        BOTH_WAYS_SILENT,
        HEARS_NOBODY,
        FROM_ONE_ONLY
    }

    private static void part(Ensemble ensemble, int victim, Parting how) {
        for (Member member : ensemble.members()) {
            int other = member.id();
            boolean first = other == victim % 3 + 1;
            if (other != victim) {
                switch (how) {
                    case CUT -> ensemble.cut(victim, other);
                    case IS_NOT_HEARD -> ensemble.silence(victim, other);
                    case HEARS_NOBODY -> ensemble.silence(other, victim);
                    case BOTH_WAYS_SILENT -> {
                        ensemble.silence(victim, other);
                        ensemble.silence(other, victim);
                    }
                    case FROM_ONE_ONLY -> {
                        if (first) {
                            ensemble.cut(victim, other);
                        }
                    }
                }
            }
        }
    }
}
