package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static io.zookit.assembly.Client.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the servers of an ensemble say when they are asked, beside those of an ensemble of Apache ZooKeeper, for which monitoring was
 * written: two voters and an observer each, asked as leader, follower and observer.
 */
class EnsembleWordsIT {
    private static final List<String> ROLES = List.of("leader", "follower", "observer");
    private static final int OBSERVER = 3;

    private static Ensemble ours;
    private static Ensemble theirs;

    @BeforeAll
    static void startBoth(@TempDir Path directory) throws Exception {
        ours = Ensemble.ofOurs(directory.resolve("ours"), 3).observer(OBSERVER).startAll();
        theirs = Ensemble.of(directory.resolve("theirs"), Member.Kind.APACHE, Member.Kind.APACHE, Member.Kind.APACHE)
                .observer(OBSERVER)
                .startAll();
        for (Ensemble ensemble : List.of(ours, theirs)) {
            try (Client client = Client.connect(ensemble.connectString())) {
                client.zk().create("/a", bytes("data"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                client.zk().setData("/a", bytes("more"), -1);
            }
        }
    }

    @AfterAll
    static void stopBoth() throws Exception {
        ours.close();
        theirs.close();
    }

    private static Member in(Ensemble ensemble, String role) throws Exception {
        Waiting.until(
                () -> ensemble.members().stream()
                        .anyMatch(member -> member.mode().equals(role)),
                () -> "one of " + ensemble.text() + " is " + role);
        return ensemble.members().stream()
                .filter(member -> member.mode().equals(role))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"srvr", "stat", "conf", "isro", "ruok"})
    void eachRoleAnswersWithTheLinesThatToolsKnow(String word) throws Exception {
        for (String role : ROLES) {
            assertEquals(
                    WordsIT.form(in(theirs, role).word(word)),
                    WordsIT.form(in(ours, role).word(word)),
                    () -> word + " of a " + role);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"leader", "follower", "observer"})
    void theNumbersOfMonitoringHaveTheNamesAndTheFormsThatToolsKnow(String role) throws Exception {
        Map<String, String> apache = WordsIT.metrics(in(theirs, role).word("mntr"));
        Map<String, String> zookit = WordsIT.metrics(in(ours, role).word("mntr"));
        List<String> names = new ArrayList<>(List.of("zk_server_state", "zk_peer_state", "zk_quorum_size"));
        if (role.equals("leader")) {
            names.addAll(List.of(
                    "zk_leader_uptime",
                    "zk_learners",
                    "zk_synced_followers",
                    "zk_synced_non_voting_followers",
                    "zk_synced_observers",
                    "zk_pending_syncs",
                    "zk_last_proposal_size",
                    "zk_min_proposal_size",
                    "zk_max_proposal_size"));
        } else if (role.equals("observer")) {
            names.add("zk_observer_master_id");
        }
        for (String name : names) {
            assertTrue(apache.containsKey(name), name);
            assertEquals(apache.get(name), zookit.get(name), name);
        }
    }

    @Test
    void aLeaderCountsItsLearners() throws Exception {
        for (Ensemble ensemble : List.of(ours, theirs)) {
            Member leader = in(ensemble, "leader");
            Waiting.until(
                    () -> leader.word("mntr").contains("zk_synced_observers\t1\n"),
                    () -> "the observer has the history: " + leader.word("mntr"));
            String numbers = leader.word("mntr");
            for (String line : List.of(
                    "zk_server_state\tleader",
                    "zk_peer_state\tleading - broadcast",
                    "zk_learners\t2",
                    "zk_synced_followers\t1",
                    "zk_synced_non_voting_followers\t0",
                    "zk_pending_syncs\t0",
                    "zk_quorum_size\t2")) {
                assertTrue(numbers.contains(line + "\n"), () -> line + " is not among\n" + numbers);
            }
        }
        assertTrue(in(ours, "follower").word("mntr").contains("zk_peer_state\tfollowing - broadcast\n"));
        assertTrue(in(ours, "observer").word("mntr").contains("zk_peer_state\tobserving - broadcast\n"));
    }

    @Test
    void everyServerShowsTheMembersAsDataOfAZnode() throws Exception {
        for (Ensemble ensemble : List.of(ours, theirs)) {
            StringBuilder expected = new StringBuilder();
            for (Member member : ensemble.members()) {
                expected.append("server.%d=127.0.0.1:%d:%d:%s\n"
                        .formatted(
                                member.id(),
                                member.quorumPort(),
                                member.electionPort(),
                                member.id() == OBSERVER ? "observer" : "participant"));
            }
            expected.append("version=0");
            for (Member member : ensemble.members()) {
                try (Client client = Client.connect(member.connectString())) {
                    Stat stat = new Stat();
                    assertEquals(expected.toString(), text(client.zk().getConfig(false, stat)));
                    assertEquals(-1, stat.getVersion());
                    assertEquals(0, stat.getMzxid());
                }
            }
        }
    }
}
