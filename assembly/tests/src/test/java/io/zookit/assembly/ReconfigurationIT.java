package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The members of an ensemble of ours change while it serves, asked for with Apache's client. */
@Timeout(600)
class ReconfigurationIT {
    private static final String CONFIG = "/zookeeper/config";

    @TempDir
    Path directory = Path.of("");

    /** Three members and a fourth that belongs to nobody yet. */
    private Ensemble fourOfWhichThreeAreMembers() {
        return Ensemble.ofOurs(directory, 4).observer(4).with("reconfigEnabled=true", "skipACL=yes");
    }

    private static String line(Member member, String role, int clientPort) {
        return "server.%d=127.0.0.1:%d:%d:%s;127.0.0.1:%d"
                .formatted(member.id(), member.quorumPort(), member.electionPort(), role, clientPort);
    }

    private static String line(Member member, String role) {
        return line(member, role, member.clientPort());
    }

    private static String text(byte[] config) {
        return new String(config, StandardCharsets.UTF_8);
    }

    /** What the ensemble answers: the members from there on. */
    private static String reconfigure(Ensemble ensemble, String joining, String leaving) throws Exception {
        return reconfigure(ensemble.connectString(), joining, leaving);
    }

    private static String reconfigure(String servers, String joining, String leaving) throws Exception {
        try (Admin admin = new Admin(servers)) {
            return text(admin.zk.reconfigure(joining, leaving, null, -1, new Stat()));
        }
    }

    /** A client that may ask for other members. */
    private static final class Admin implements AutoCloseable {
        private final ZooKeeperAdmin zk;

        Admin(String servers) throws Exception {
            zk = new ZooKeeperAdmin(servers, Ledger.SESSION_TIMEOUT_MILLIS, event -> {});
            Waiting.until(() -> zk.getState().isConnected(), () -> "the admin is connected to one of " + servers);
        }

        @Override
        public void close() {
            try {
                zk.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void create(ZooKeeper client, String path) throws Exception {
        client.create(path, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    @Test
    void anObserverGetsAVoteAndAVoterLeavesAndWatchersHear() throws Exception {
        try (Ensemble ensemble = fourOfWhichThreeAreMembers().startAll();
                Client client = ensemble.clientWithout(ensemble.member(4))) {
            byte[] before = client.zk().getConfig(true, new Stat());
            assertTrue(text(before).contains("server.4=") && text(before).contains(":observer"), text(before));

            String four = reconfigure(ensemble, line(ensemble.member(4), "participant"), null);
            assertTrue(four.contains(line(ensemble.member(4), "participant")), four);
            assertEquals(EventType.NodeDataChanged, client.nextNodeEvent().getType());
            Stat stat = new Stat();
            client.zk().sync("/");
            byte[] after = client.zk().getConfig(true, stat);
            assertEquals(four, text(after));
            assertTrue(four.endsWith("version=" + Long.toHexString(stat.getMzxid())), four);

            // Of four voters three are needed, and the new one is one of them.
            Member gone = ensemble.member(1);
            gone.kill();
            ensemble.awaitAll();
            try (Client rest = ensemble.clientWithout(gone)) {
                create(rest.zk(), "/with-the-fourth");
            }
            String three = reconfigure(ensemble, null, "1");
            assertFalse(three.contains("server.1="), three);

            // Two of three are enough now.
            Member another = ensemble.member(2).mode().equals("leader") ? ensemble.member(3) : ensemble.member(2);
            another.kill();
            ensemble.awaitAll();
            try (Client rest = ensemble.clientWithout(another)) {
                create(rest.zk(), "/with-two");
                assertEquals(three, text(rest.zk().getData(CONFIG, false, null)));
            }
        }
    }

    /** The server that is asked serves nobody for a moment after it, having become something else; the answer leaves before. */
    @Test
    void whoAsksHearsTheAnswerWhateverBecomesOfTheServerThatWasAsked() throws Exception {
        try (Ensemble ensemble = fourOfWhichThreeAreMembers().startAll()) {
            for (String role : List.of("participant", "observer", "participant", "observer")) {
                Member four = ensemble.member(4);
                String members = reconfigure(four.connectString(), line(four, role), null);
                assertTrue(members.contains(line(four, role)), members);
                ensemble.awaitAll();
            }
            for (int round = 0; round < 2; round++) {
                Member leader = ensemble.awaitLeader();
                String members = reconfigure(leader.connectString(), null, String.valueOf(leader.id()));
                assertFalse(members.contains("server." + leader.id() + "="), members);
                Waiting.until(
                        () -> ensemble.leader().filter(next -> next != leader).isPresent(),
                        () -> "another one leads\n" + ensemble.text());
                reconfigure(ensemble.awaitLeader().connectString(), line(leader, "participant"), null);
                ensemble.awaitAll();
            }
        }
    }

    @Test
    void clientsConnectElsewhereFromThenOnAndWhoIsConnectedStays() throws Exception {
        try (Ensemble ensemble = fourOfWhichThreeAreMembers().startAll()) {
            Member moving = ensemble.member(1);
            int port = Server.freePort();
            try (Client early = Client.connect(moving.connectString())) {
                create(early.zk(), "/before");
                long session = early.zk().getSessionId();
                reconfigure(ensemble, line(moving, "participant", port), null);

                try (Client late = Client.connect("127.0.0.1:" + port)) {
                    assertNotNull(late.zk().exists("/before", false));
                    create(late.zk(), "/after");
                }
                Waiting.until(() -> moving.word("ruok").isEmpty(), () -> "nobody answers at the old port");
                early.zk().sync("/");
                assertNotNull(early.zk().exists("/after", false));
                assertEquals(session, early.zk().getSessionId());
            }
            // Its files say so, too, after a restart.
            moving.kill();
            moving.startAgain();
            try (Client again = Client.connect("127.0.0.1:" + port)) {
                assertNotNull(again.zk().exists("/after", false));
            }
        }
    }

    @Test
    void aPortThatIsTakenIsSaidAndClientsGoOnAsBefore() throws Exception {
        try (Ensemble ensemble = fourOfWhichThreeAreMembers().startAll()) {
            Member moving = ensemble.member(1);
            reconfigure(ensemble, line(moving, "participant", ensemble.member(2).clientPort()), null);
            String said = moving.process().awaitLine("they go on connecting to");
            assertTrue(said.contains("in use"), said);
            try (Client client = Client.connect(moving.connectString())) {
                create(client.zk(), "/still");
            }
        }
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() throws Exception {
        try (Ensemble ensemble = fourOfWhichThreeAreMembers().startAll();
                Admin admin = new Admin(ensemble.connectStringWithout(ensemble.member(4)))) {
            byte[] before = admin.zk.getConfig(false, new Stat());
            assertThrows(
                    KeeperException.BadArgumentsException.class,
                    () -> admin.zk.reconfigure((String) null, null, "server.1=nonsense", -1, new Stat()));
            assertThrows(
                    KeeperException.BadVersionException.class,
                    () -> admin.zk.reconfigure(line(ensemble.member(4), "participant"), null, null, 77, new Stat()));
            Member stranger = ensemble.member(4);
            stranger.kill();
            reconfigure(ensemble, null, "4");
            assertThrows(
                    KeeperException.NewConfigNoQuorum.class,
                    () -> admin.zk.reconfigure(
                            null,
                            null,
                            String.join(
                                    ",",
                                    List.of(line(stranger, "participant"), line(ensemble.member(1), "participant"))),
                            -1,
                            new Stat()));
            admin.zk.sync("/");
            String after = text(admin.zk.getConfig(false, new Stat()));
            assertTrue(text(before).contains("server.4=") && !after.contains("server.4="), after);
            assertNull(admin.zk.exists("/nothing", false));
        }
    }

    @Test
    void itIsRefusedWhereItIsNotSwitchedOn() throws Exception {
        try (Ensemble ensemble =
                        Ensemble.ofOurs(directory, 3).with("skipACL=yes").startAll();
                Admin admin = new Admin(ensemble.connectString())) {
            byte[] before = admin.zk.getConfig(false, new Stat());
            assertThrows(
                    KeeperException.ReconfigDisabledException.class,
                    () -> admin.zk.reconfigure(null, "3", null, -1, new Stat()));
            assertArrayEquals(before, admin.zk.getConfig(false, new Stat()));
        }
    }
}
