package io.zookit.assembly;

import static io.zookit.assembly.Member.Kind.APACHE;
import static io.zookit.assembly.Member.Kind.OURS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Local sessions where servers of ours and of Apache's make one ensemble: either kind leads, the other follows. */
@Timeout(300)
class LocalSessionsIT {
    private static final int LEADER = 2;

    @TempDir
    Path directory = Path.of("");

    /** Two of the one kind begin, so that number 2 leads; number 3 comes later and follows or observes. */
    private Ensemble start(Member.Kind leading, boolean observing, boolean upgrading) throws Exception {
        Ensemble ensemble = Ensemble.of(directory, leading, leading, leading == OURS ? APACHE : OURS)
                .with("localSessionsEnabled=true", "localSessionsUpgradingEnabled=" + upgrading);
        if (observing) {
            ensemble.observer(3);
        }
        try {
            ensemble.start(1);
            ensemble.start(LEADER);
            ensemble.awaitAll();
            ensemble.start(3);
            ensemble.awaitAll();
            assertEquals(LEADER, ensemble.awaitLeader().id());
            return ensemble;
        } catch (Exception | AssertionError failure) {
            ensemble.close();
            throw failure;
        }
    }

    /** The zxid of a new znode. */
    private static long create(ZooKeeper zk, String path, CreateMode mode) throws Exception {
        Stat stat = new Stat();
        zk.create(path, null, Ids.OPEN_ACL_UNSAFE, mode, stat);
        return stat.getCzxid();
    }

    private static Client attach(Member member, Client owner) throws Exception {
        return Client.attach(
                member.connectString(), owner.zk().getSessionId(), owner.zk().getSessionPasswd());
    }

    @ParameterizedTest
    @CsvSource({"OURS, false", "APACHE, false", "OURS, true", "APACHE, true"})
    void eachServerKnowsItsOwnUntilTheirFirstEphemeral(Member.Kind leading, boolean observing) throws Exception {
        try (Ensemble ensemble = start(leading, observing, true);
                Client looking = Client.connect(ensemble.member(1).connectString())) {
            for (int id : List.of(3, 2)) {
                Member member = ensemble.member(id);
                Member other = ensemble.member(5 - id);
                long zxid = create(looking.zk(), "/before-" + id, CreateMode.PERSISTENT);
                try (Client brief = Client.connect(member.connectString());
                        Client client = Client.connect(member.connectString());
                        Client stranger = attach(other, client)) {
                    brief.zk().exists("/", true);
                    stranger.await(KeeperState.Expired);
                    assertEquals(0, number(member, "zk_global_sessions"));
                    brief.zk().close();
                    assertEquals(zxid + 1, create(client.zk(), "/by-" + id, CreateMode.PERSISTENT));
                    try (Client again = attach(member, client)) {
                        again.await(KeeperState.SyncConnected);
                        assertEquals(
                                zxid + 3,
                                create(again.zk(), "/alive-" + id, CreateMode.EPHEMERAL),
                                "createSession, then create");
                        assertEquals(1, number(member, "zk_global_sessions"));
                        move(again, other, looking.zk(), id);
                    }
                }
                assertNull(looking.zk().exists("/alive-" + id, false));
            }
            Trees.assertEqual(ensemble);
        }
    }

    /** A session that is known to all goes on at another server, and ends there. */
    private static void move(Client client, Member other, ZooKeeper looking, int id) throws Exception {
        try (Client moved = attach(other, client)) {
            moved.await(KeeperState.SyncConnected);
            assertEquals(client.zk().getSessionId(), moved.zk().getSessionId());
            assertEquals(
                    client.zk().getSessionId(),
                    moved.zk().exists("/alive-" + id, false).getEphemeralOwner());
            moved.zk()
                    .multi(List.of(
                            Op.create("/more-" + id, null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL),
                            Op.create("/stays-" + id, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)));
        }
        looking.sync("/", (code, path, context) -> {}, null);
        assertNull(looking.exists("/more-" + id, false));
    }

    /** What becomes of a multi whose second part makes an ephemeral. */
    private static KeeperException multi(ZooKeeper zk) {
        return assertThrows(
                KeeperException.class,
                () -> zk.multi(List.of(
                        Op.create("/never", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                        Op.create("/never/e", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL))));
    }

    private static int number(Member member, String name) {
        return member.word("mntr")
                .lines()
                .filter(line -> line.startsWith(name + "\t"))
                .map(line -> Integer.parseInt(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"OURS", "APACHE"})
    void withoutUpgradesNobodyGetsAnEphemeral(Member.Kind leading) throws Exception {
        try (Ensemble ensemble = start(leading, false, false)) {
            for (Member member : ensemble.members()) {
                try (Client client = Client.connect(member.connectString())) {
                    create(client.zk(), "/by-" + member.id(), CreateMode.PERSISTENT);
                    assertThrows(
                            KeeperException.EphemeralOnLocalSessionException.class,
                            () -> create(client.zk(), "/never", CreateMode.EPHEMERAL));
                    assertEquals(
                            member.kind() == APACHE && member.id() != LEADER
                                    ? KeeperException.Code.SESSIONEXPIRED
                                    : KeeperException.Code.EPHEMERALONLOCALSESSION,
                            multi(client.zk()).code());
                    assertNull(client.zk().exists("/never", false));
                }
            }
            Trees.assertEqual(ensemble);
        }
    }
}
