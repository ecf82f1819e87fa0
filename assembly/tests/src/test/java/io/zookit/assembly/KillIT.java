package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of concurrent writes, again and again on the same data. */
class KillIT {
    private static final int ROUNDS = Integer.getInteger("zookit.killRounds", 20);
    private static final int WRITERS = 4;

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyAcknowledgedWriteIsThereAfterAnyNumberOfKills() throws Exception {
        long seed = Long.getLong("zookit.seed", System.nanoTime());
        Random random = new Random(seed);
        // Small numbers make snapshots and purges part of what is interrupted.
        try (Server server = Server.start(
                Distribution.built(), directory, "snapCount=2000", "autopurge.purgeInterval=1", "maxClientCnxns=0")) {
            List<Writer> writers = new ArrayList<>();
            try (Client client = Client.connect(server)) {
                for (int i = 0; i < WRITERS; i++) {
                    String home = "/writer-" + i;
                    client.zk().create(home, Client.bytes("0"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                    writers.add(new Writer(home));
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                writeAndKill(server, writers, 50 + random.nextInt(1500));
                server.restart();
                String where = "seed " + seed + ", round " + round;
                try (Client client = Client.connect(server)) {
                    for (Writer writer : writers) {
                        writer.verify(client, where);
                    }
                }
            }
            long acknowledged = writers.stream().mapToLong(Writer::acknowledged).sum();
            assertTrue(acknowledged >= 50L * ROUNDS, "too little was written to prove anything: " + acknowledged);
            assertEquals(WRITERS, writers.size());
        }
    }

    /** Lets all writers go at once, and kills the server after so many acknowledgements. */
    private static void writeAndKill(Server server, List<Writer> writers, int acknowledgements) throws Exception {
        Countdown countdown = new Countdown(acknowledgements);
        List<Client> clients = new ArrayList<>();
        try {
            for (Writer writer : writers) {
                Client client = Client.connect(server);
                clients.add(client);
                writer.go(client.zk(), countdown);
            }
            countdown.await();
            server.process().kill();
        } finally {
            for (Writer writer : writers) {
                writer.stop();
            }
            // Each close first looks for the server that is gone; together they take no longer than one.
            clients.parallelStream().forEach(Client::close);
        }
    }
}
