package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members of an ensemble are killed and stopped under load: nothing acknowledged is lost, and nobody has to lend a hand. */
@Timeout(3600)
class EnsembleKillIT {
    private static final int KILLS = Integer.getInteger("zookit.ensembleKills", 20);
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
                Histories histories = Histories.start(ensemble, CLIENTS, seed)) {
            for (int killed = 0; killed < KILLS; ) {
                ledger.awaitMore(50 + random.nextInt(400), ensemble);
                killed += strike(ensemble, ledger, random);
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

    /** Something happens to one of them, or to all, and passes; returns how many were killed. */
    private static int strike(Ensemble ensemble, Ledger ledger, Random random) throws Exception {
        int what = random.nextInt(10);
        List<Member> killed = new ArrayList<>();
        if (what == 0) {
            killed.addAll(ensemble.members());
        } else {
            Member victim = what < 6 ? ensemble.awaitLeader() : ensemble.any(random);
            if (what % 4 == 1) {
                victim.pause();
                writeWithout(ensemble, victim);
                victim.resume();
            } else {
                killed.add(victim);
            }
        }
        for (Member victim : killed) {
            victim.kill();
        }
        if (killed.size() == 1) {
            ledger.awaitMore(100, ensemble);
        }
        for (Member victim : killed) {
            ensemble.start(victim.id());
        }
        ensemble.awaitAll();
        return killed.size();
    }

    /**
     * Others go on; who is connected to a server that stands still does not notice yet. On a busy machine whoever leads instead may lose
     * its followers once more: then a client is told that it does not know what became of a write, and asks again.
     */
    private static void writeWithout(Ensemble ensemble, Member victim) throws Exception {
        try (Client client = ensemble.clientWithout(victim)) {
            int lost = 0;
            for (int written = 0; written < 20; ) {
                try {
                    client.zk().create("/without-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
                    written++;
                } catch (KeeperException.ConnectionLossException unknown) {
                    assertTrue(++lost < 20, () -> "writes without server " + victim.id() + "\n" + ensemble.text());
                }
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
