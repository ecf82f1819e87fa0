package io.zookit.assembly;

import java.nio.file.Path;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members of an ensemble are killed and stopped under load: nothing acknowledged is lost, and nobody has to lend a hand. */
@Timeout(3600)
class EnsembleKillIT {
    private static final int ROUNDS = Integer.getInteger("zookit.ensembleKills", 20);
    private static final int CLIENTS = 3;

    @TempDir
    Path directory = Path.of("");

    @Test
    void nothingIsLostHoweverManyMembersAreKilledOrStandStill() throws Exception {
        long seed = Long.getLong("zookit.seed", System.nanoTime());
        String where = "-Dzookit.seed=" + seed;
        Random random = new Random(seed);
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3)
                        .with("snapCount=3000", "autopurge.purgeInterval=1")
                        .startAll();
                Ledger ledger = Ledger.start(ensemble.connectString(), CLIENTS);
                Histories histories = Histories.start(ensemble.connectString(), CLIENTS, seed)) {
            for (int round = 0; round < ROUNDS; round++) {
                ledger.awaitMore(50 + random.nextInt(400), ensemble);
                strike(ensemble, ledger, random);
                histories.nextRound();
            }
            ledger.awaitMore(100, ensemble);
            ledger.stop(ensemble);
            histories.stopAndCheck(where);
            ensemble.assertHolds(ledger, where);
        }
    }

    private static void strike(Ensemble ensemble, Ledger ledger, Random random) throws Exception {
        int what = random.nextInt(10);
        if (what == 0) {
            // All of them, one right after the other.
            for (Member member : ensemble.members()) {
                member.kill();
            }
            for (Member member : ensemble.members()) {
                ensemble.start(member.id());
            }
        } else {
            Member victim = what < 6 ? ensemble.awaitLeader() : ensemble.any(random);
            if (what % 4 == 1) {
                victim.pause();
                writeWithout(ensemble, victim);
                victim.resume();
            } else {
                victim.kill();
                ledger.awaitMore(100, ensemble);
                ensemble.start(victim.id());
            }
        }
        ensemble.awaitAll();
    }

    /** Others go on; who is connected to a server that stands still does not notice yet. */
    private static void writeWithout(Ensemble ensemble, Member victim) throws Exception {
        try (Client client = ensemble.clientWithout(victim)) {
            for (int i = 0; i < 20; i++) {
                client.zk().create("/without-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
            }
        }
    }

    @Test
    void threeOfFiveAreEnough() throws Exception {
        String where = "five servers";
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 5).startAll();
                Ledger ledger = Ledger.start(ensemble.connectString(), CLIENTS)) {
            ledger.awaitMore(100, ensemble);
            Member leader = ensemble.awaitLeader();
            Member follower = ensemble.awaitFollower();
            leader.kill();
            follower.kill();
            ledger.awaitMore(300, ensemble);
            ensemble.start(leader.id());
            ensemble.start(follower.id());
            ensemble.awaitAll();
            ledger.awaitMore(100, ensemble);
            ledger.stop(ensemble);
            ensemble.assertHolds(ledger, where);
        }
    }
}
