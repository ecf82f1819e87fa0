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
import java.util.Random;
import org.apache.zookeeper.CreateMode;
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
                .with("session.secretFile=" + secret, "session.acceptCompatible=false")
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
    void onTheWayToASecretBothKindsOfPasswordsAreTaken() throws Exception {
        Path secret = secret("another secret of more than sixteen bytes");
        try (Ensemble ensemble = Ensemble.ofOurs(directory, 3).startAll()) {
            assertTrue(ensemble.text().contains(WARNING));
            Client before = Client.connect(ensemble.member(1).connectString(), LONG_MILLIS);
            long session = before.zk().getSessionId();
            byte[] password = before.zk().getSessionPasswd();
            assertArrayEquals(compatible(session), password);

            for (Member member : ensemble.members()) {
                member.end();
                ensemble.start(member.id(), "session.secretFile=" + secret);
                ensemble.awaitAll();
            }
            try (Client after = Client.attach(ensemble.member(3).connectString(), session, password)) {
                after.await(KeeperState.SyncConnected);
                ZooKeeper zk = after.zk();
                assertEquals(session, zk.getSessionId());
                assertFalse(Arrays.equals(password, zk.getSessionPasswd()), "from now on it is the keyed one");
            }
            before.close();
        }
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
