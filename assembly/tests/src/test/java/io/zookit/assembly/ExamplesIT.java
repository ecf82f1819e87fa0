package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documents, started as their page says, from the very files a reader sees. */
class ExamplesIT {
    private static final Path EXAMPLES =
            Path.of("../../docs/examples").toAbsolutePath().normalize();

    private static Server server;

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void startTheServer(@TempDir Path directory) throws Exception {
        server = Server.start(Distribution.built(), directory);
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        try (Client client = Client.connect(server)) {
            assertEquals(List.of("zookeeper"), client.zk().getChildren("/", false));
        }
    }

    @Test
    void subscribersOfAConfigurationAllEndWithTheLastRevision() throws Exception {
        assertPrints("Configuration", "web uses limit=500", "mail uses limit=500", "billing uses limit=500");
    }

    @Test
    void callsGoOnlyToProvidersThatLive() throws Exception {
        assertPrints(
                "LoadBalancing",
                "call to 10.0.0.1:8080",
                "call to 10.0.0.2:8080",
                "call to 10.0.0.3:8080",
                "call to 10.0.0.1:8080",
                "call to 10.0.0.2:8080",
                "call to 10.0.0.3:8080",
                "call to 10.0.0.1:8080",
                "call to 10.0.0.3:8080",
                "call to 10.0.0.1:8080",
                "call to 10.0.0.3:8080",
                "nobody is left to call");
    }

    @Test
    void namesTakenAtTheSameTimeAreAllDifferent() throws Exception {
        assertPrints("Naming", "100 different names from order-0000000000 to order-0000000099");
    }

    @Test
    void aControllerSeesTheReportsOfAllWorkersAndWhoDied() throws Exception {
        assertPrints(
                "Progress",
                "{index=0%}",
                "{index=0%, resize=0%}",
                "{index=0%, resize=0%, send=0%}",
                "{index=0%, resize=50%, send=0%}",
                "{index=done, resize=50%, send=0%}",
                "{index=done, resize=50%, send=done}",
                "index is finished",
                "resize died at 50%",
                "send is finished");
    }

    @Test
    void aMonitorSeesWhoJoinsAndWhoLeaves() throws Exception {
        assertPrints(
                "Membership",
                "joined [machine-1], left [], now [machine-1]",
                "joined [machine-2], left [], now [machine-1, machine-2]",
                "joined [], left [machine-1], now [machine-2]",
                "joined [machine-3], left [], now [machine-2, machine-3]",
                "joined [], left [machine-2], now [machine-3]",
                "joined [], left [machine-3], now []");
    }

    @Test
    void oneLeadsAtATimeInTheOrderOfTheirNumbers() throws Exception {
        assertPrints("LeaderElection", "ben leaves before his turn", "anna leads", "carla leads", "dora leads");
    }

    @Test
    void whoCreatesTheZnodeIsAloneInsideTheLock() throws Exception {
        assertPrints("ExclusiveLock", "15 turns of 15 were counted");
    }

    @Test
    void anOrderedLockGivesRisingFencingNumbers() throws Exception {
        assertPrints("OrderedLock", "deposits: 20, refused: 0", "a late one with number 3, refused: 1");
    }

    @Test
    void readersShareALockAndAWriterIsAlone() throws Exception {
        assertPrints(
                "SharedLock",
                "3 readers were inside together",
                "a writer is inside with 0 others",
                "a writer is inside with 0 others",
                "a writer is inside with 0 others");
    }

    @Test
    void aQueueKeepsItsOrderWhenItsProducersAreGone() throws Exception {
        assertPrints("FifoQueue", "taken: one", "taken: two", "taken: three", "taken: four", "waited for: five");
    }

    @Test
    void aBarrierOpensWhenAllAreThere() throws Exception {
        String line = "began with 4, ended with 4";
        assertPrints("DoubleBarrier", line, line, line, line);
    }

    private void assertPrints(String example, String... lines) throws InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EXAMPLES.resolve(example + ".java").toString(),
                server.connectString());
        try (Running running = Running.start(directory, Map.of(), command)) {
            int exitCode = running.exitCode();
            assertEquals(String.join("\n", lines), running.text());
            assertEquals(0, exitCode);
        }
    }
}
