package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What proves that a session is one's own, where it may go on at any member. */
class EnsembleSecretsIT {
    private static final String WARNING = "the passwords of sessions can be worked out from their ids";

    /** Longer than any restart takes. */
    private static final int LONG_MILLIS = 60_000;

    @TempDir
    Path directory = Path.of("");

    /** The password that everybody can make who knows a session's id. */
    private static byte[] compatible(long sessionId) {
        byte[] password = new byte[16];
        new Random(sessionId ^ 0xB341_5C00L).nextBytes(password);
        return password;
    }

    private Path secret(String text) throws Exception {
        return Files.write(directory.resolve("secret"), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withASecretASessionGoesOnAtAnyMemberButNotForThoseWhoKnowItsIdAlone() throws Exception {
        Path secret = secret("a secret of more than sixteen bytes\n");
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3)
                .with("session.secretFile=" + secret)
                .startAll()) {
            assertFalse(ensemble.text().contains(WARNING));
            Client first = Client.connect(ensemble.member(1).connectString());
            first.zk().create("/mine", bytes("x"), Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            long session = first.zk().getSessionId();
            byte[] password = first.zk().getSessionPasswd();
            assertFalse(Arrays.equals(compatible(session), password));

            try (Client thief = Client.attach(ensemble.member(2).connectString(), session, compatible(session))) {
                thief.await(KeeperState.Expired);
            }
            try (Client moved = Client.attach(ensemble.member(2).connectString(), session, password)) {
                moved.await(KeeperState.SyncConnected);
                assertEquals(session, moved.zk().exists("/mine", false).getEphemeralOwner());
            }
            first.close();
        }
    }

    @Test
    void onTheWayToASecretNoSessionIsLostWhereverItGoesOn() throws Exception {
        Path secret = secret("another secret of more than sixteen bytes");
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).startAll()) {
            assertTrue(ensemble.text().contains(WARNING));
            try (Client client = Client.connect(ensemble.connectString(), LONG_MILLIS)) {
                long session = client.zk().getSessionId();
                assertArrayEquals(compatible(session), client.zk().getSessionPasswd());
                for (String use : List.of("take", "make", "require")) {
                    for (Member restarted : ensemble.members()) {
                        restarted.end();
                        ensemble.start(restarted.id(), "session.secretFile=" + secret, "session.secretUse=" + use);
                        ensemble.awaitAll();
                        awaitAnswer(client.zk());
                        assertEquals(session, client.zk().getSessionId());
                    }
                }
                assertFalse(Arrays.equals(compatible(session), client.zk().getSessionPasswd()));
            }
        }
    }

    /** Waits until a client goes on, at a member that was restarted already, or at one that was not. */
    private static void awaitAnswer(ZooKeeper zk) throws Exception {
        Waiting.until(
                () -> {
                    try {
                        return zk.exists("/", false) != null;
                    } catch (KeeperException.ConnectionLossException moving) {
                        return false;
                    }
                },
                () -> zk + " goes on");
    }

    @Test
    void aFileThatHoldsNoSecretStopsTheStart() throws Exception {
        Path secret = secret("too short\n");
        try (Running refused =
                Server.refused(Distribution.built(), directory.resolve("alone"), "session.secretFile=" + secret)) {
            assertEquals(2, refused.exitCode());
            assertTrue(
                    refused.text()
                            .contains(
                                    "session.secretFile: " + secret + " holds 9 bytes, and a secret needs at least 16"),
                    refused.text());
        }
        Path missing = directory.resolve("missing");
        try (Running refused =
                Server.refused(Distribution.built(), directory.resolve("alone"), "session.secretFile=" + missing)) {
            assertEquals(2, refused.exitCode());
            assertTrue(refused.text().contains(missing + " cannot be read"), refused.text());
        }
    }
}
