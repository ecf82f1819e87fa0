package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a member says that cannot start, or must not take part: one line, with what is wrong and what to do. */
@Timeout(600)
class EnsembleStartIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void aMissingOrWrongNumberIsSaid() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3)) {
            Path myid = ensemble.member(1).data().resolve("myid");
            ensemble.member(1).startAs("", ensemble.lines(ensemble.member(1)));
            assertRefused(ensemble, 2, "write this server's id into it", myid.toString());
            ensemble.member(1).startAs("one", ensemble.lines(ensemble.member(1)));
            assertRefused(ensemble, 2, "myid", "one", myid.toString());
            ensemble.member(1).startAs("7", ensemble.lines(ensemble.member(1)));
            assertRefused(ensemble, 2, "server.7", "7");
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3);
                ServerSocket taken =
                        new ServerSocket(ensemble.member(1).electionPort(), 1, InetAddress.getLoopbackAddress())) {
            ensemble.start(1, "electionPortBindRetry=1");
            assertRefused(ensemble, 1, "election port", Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aHostThatNobodyKnowsIsSaidAndTheOthersGoOn() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 2)
                .with("server.3=no-such-host.invalid:" + Server.freePort() + ":" + Server.freePort())
                .startAll()) {
            ensemble.member(1).process().awaitLine("server 3 cannot be resolved: no-such-host\\.invalid");
        }
    }

    @Test
    void membersThatAreConfiguredDifferentlyAreSaidByBoth() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3)) {
            String stranger = "127.0.0.1:" + Server.freePort() + ":" + Server.freePort();
            ensemble.start(1, "server.4=" + stranger);
            ensemble.start(2);
            ensemble.member(1)
                    .process()
                    .awaitLine("server 2 is configured with other members than this server: server\\.4 is " + stranger
                            + " here and missing there\\. Give all servers the same");
            ensemble.member(2)
                    .process()
                    .awaitLine("server 1 is configured with other members than this server: server\\.4 is missing here"
                            + " and " + stranger + " there\\. Give all servers the same");
        }
    }

    @Test
    void twoMembersWithTheSameNumberAreSaid() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3)) {
            ensemble.start(1);
            ensemble.start(2);
            ensemble.awaitServes(1);
            ensemble.member(3).startAs("2", ensemble.lines(ensemble.member(3)));
            assertTrue(ensemble.member(3).process().exitCode() != 0, ensemble.text());
            assertTrue(ensemble.member(3).text().contains("in use"), ensemble.text());
        }
    }

    /** 3 had everything and lost it; 1 is behind; 2, who has what 1 misses, is away. 1 and 3 are a quorum, and must not be one. */
    @Test
    void aMemberWithoutDataDoesNotHelpOneThatIsBehind() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).startAll()) {
            try (Client client = ensemble.client()) {
                client.zk().create("/old", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            ensemble.member(1).kill();
            try (Client client = ensemble.clientWithout(ensemble.member(1))) {
                client.zk().create("/new", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            ensemble.member(2).kill();
            ensemble.member(3).kill();
            ensemble.member(3).wipe();

            ensemble.start(1);
            ensemble.start(3);
            String line = ensemble.member(3).process().awaitLine("has no data");
            assertTrue(line.contains("server 1") && line.contains("initialize"), line);
            assertTrue(ensemble.leader().isEmpty(), ensemble.text());
            // Nobody leads until the one comes back who knows, and then nothing is lost.
            ensemble.start(2);
            ensemble.awaitAll();
            assertEquals(
                    2,
                    Trees.assertEqual(ensemble).keySet().stream()
                            .filter(path -> List.of("/old", "/new").contains(path))
                            .count());
        }
    }

    @Test
    void withoutAutocreateOnlyTheMarkerLetsAnEmptyEnsembleBegin() throws Exception {
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).with("db.autocreate=false")) {
            ensemble.start(1);
            ensemble.start(2);
            ensemble.member(1).process().awaitLine("ready");
            ensemble.member(2).process().awaitLine("ready");
            assertTrue(ensemble.leader().isEmpty(), ensemble.text());
            for (int id = 1; id <= 2; id++) {
                ensemble.member(id).end();
                Files.createFile(ensemble.member(id).data().resolve("initialize"));
                ensemble.start(id);
            }
            ensemble.awaitAll();
            ensemble.start(3);
            ensemble.awaitAll();
            assertTrue(Files.notExists(ensemble.member(1).data().resolve("initialize")), "the marker is gone");
        }
    }

    private static void assertRefused(Ensemble ensemble, int code, String... words) throws Exception {
        Running process = ensemble.member(1).process();
        assertEquals(code, process.exitCode(), process.text());
        assertTrue(
                process.text().lines().anyMatch(line -> List.of(words).stream().allMatch(line::contains)),
                () -> "a line with all of " + List.of(words) + ":\n" + process.text());
        assertTrue(!process.text().contains("\tat "), process.text());
    }
}
