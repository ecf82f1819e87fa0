package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.ErrorCode;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;
import io.zookit.spi.consensus.Role;
import io.zookit.storage.memory.MemoryStorageProvider;
import io.zookit.zab.Membership;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The members of an ensemble change while it runs. */
@Timeout(180)
class ReconfigurationTest {
    @TempDir
    private Path directory;

    private TestEnsemble ensemble(String... roles) {
        return new TestEnsemble(new MemoryStorageProvider(), directory, roles).with("reconfigEnabled", "true");
    }

    private TestEnsemble three() {
        return ensemble("participant", "participant", "participant").startAll();
    }

    private static MembershipAnswer ask(TestEnsemble ensemble, @Nullable String joining, @Nullable String leaving) {
        return ensemble.server(ensemble.leader()).reconfigure(new MembershipRequest(joining, leaving, null, -1));
    }

    private static void change(TestEnsemble ensemble, @Nullable String joining, @Nullable String leaving) {
        assertInstanceOf(MembershipAnswer.Proposable.class, ask(ensemble, joining, leaving));
    }

    private static ErrorCode refusal(MembershipAnswer answer) {
        return assertInstanceOf(MembershipAnswer.Refused.class, answer).error();
    }

    private static Membership members(TinyServer server) {
        Waiting.until(() -> !server.members().isEmpty(), () -> "the consensus has told who the members are");
        return Membership.parse(server.members());
    }

    private static void awaitMembers(TestEnsemble ensemble, Set<Long> ids) {
        Waiting.until(
                () -> ensemble.all().stream()
                        .allMatch(server -> members(server).members().keySet().equals(ids)),
                () -> "everybody goes by " + ids + ": " + ensemble.describe());
    }

    @Test
    void theFirstLeaderGivesTheConfiguredMembersAVersion() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/a");
            for (TinyServer server : ensemble.all()) {
                assertNotEquals(0, members(server).version());
                assertEquals(0, members(server).version() & 0xffff_ffffL);
            }
        }
    }

    @Test
    void aServerThatRunsIsAddedAndCounts() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/before");
            String fourth = ensemble.oneMore("participant");
            TinyServer joiner = ensemble.start(4);
            ensemble.awaitEverywhere("/before");
            Waiting.until(() -> joiner.role() == Role.FOLLOWING, () -> "the joiner follows without a vote");
            assertEquals(Set.of(1L, 2L, 3L), members(joiner).voters());

            change(ensemble, fourth, null);
            awaitMembers(ensemble, Set.of(1L, 2L, 3L, 4L));
            ensemble.createEverywhere("/after");
            // Of four voters three are needed: the new one is one of them.
            List<Long> followers = ensemble.followers();
            followers.remove(4L);
            ensemble.stop(followers.get(0));
            ensemble.createEverywhere("/with-the-joiner");
            ensemble.all().forEach(server -> assertNull(server.stopReason()));
        }
    }

    @Test
    void aFollowerIsRemovedAndGoesOnWithoutAVote() {
        try (TestEnsemble ensemble = three()) {
            long gone = ensemble.followers().get(0);
            change(ensemble, null, String.valueOf(gone));
            Waiting.until(
                    () -> ensemble.all().stream()
                            .noneMatch(server -> members(server).isVoter(gone)),
                    () -> "it is removed: " + ensemble.describe());
            ensemble.createEverywhere("/after");
            assertEquals(Role.FOLLOWING, ensemble.server(gone).role());
        }
    }

    @Test
    void aLeaderThatIsRemovedHandsOver() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/before");
            long before = ensemble.leader();
            change(ensemble, null, String.valueOf(before));
            Waiting.until(
                    () -> ensemble.server(before).role() != Role.LEADING,
                    () -> "the leader goes: " + ensemble.describe());
            assertNotEquals(before, ensemble.leader());
            ensemble.createEverywhere("/after");
            assertFalse(members(ensemble.server(before)).isVoter(before));
            ensemble.all().forEach(server -> assertNull(server.stopReason()));
        }
    }

    @Test
    void anObserverBecomesAVoterAndAVoterAnObserver() {
        try (TestEnsemble ensemble = three()) {
            String fourth = ensemble.oneMore("observer");
            TinyServer joiner = ensemble.start(4);
            ensemble.createEverywhere("/before");
            change(ensemble, fourth, null);
            Waiting.until(() -> joiner.role() == Role.OBSERVING, () -> "it observes: " + ensemble.describe());
            change(ensemble, fourth.replace(":observer;", ":participant;"), null);
            Waiting.until(() -> joiner.role() == Role.FOLLOWING, () -> "it follows: " + ensemble.describe());
            ensemble.createEverywhere("/together");
            assertTrue(members(joiner).isVoter(4));
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/a");
            String fourth = ensemble.oneMore("participant");
            String fifth = ensemble.oneMore("participant");
            // Nobody of these runs.
            MembershipRequest others = new MembershipRequest(null, null, fourth + "," + fifth, -1);
            assertEquals(
                    ErrorCode.NEW_CONFIG_NO_QUORUM,
                    refusal(ensemble.server(ensemble.leader()).reconfigure(others)));
            assertEquals(ErrorCode.BAD_ARGUMENTS, refusal(ask(ensemble, "nonsense", null)));
            assertEquals(ErrorCode.BAD_ARGUMENTS, refusal(ask(ensemble, null, "1,2")));
            TinyServer leader = ensemble.server(ensemble.leader());
            assertEquals(
                    ErrorCode.BAD_VERSION, refusal(leader.reconfigure(new MembershipRequest(null, null, null, 12345))));
            // The second one comes while the first is under way, or after it: never together.
            change(ensemble, null, null);
            MembershipAnswer second = ask(ensemble, null, null);
            assertTrue(
                    second instanceof MembershipAnswer.Proposable || refusal(second) == ErrorCode.RECONFIG_IN_PROGRESS);
            ensemble.createEverywhere("/b");
        }
    }

    @Test
    void withoutReconfigNobodyChangesMembers() {
        try (TestEnsemble ensemble = new TestEnsemble(
                        new MemoryStorageProvider(), directory, "participant", "participant", "participant")
                .startAll()) {
            ensemble.createEverywhere("/a");
            assertEquals(ErrorCode.RECONFIG_DISABLED, refusal(ask(ensemble, null, null)));
            assertEquals(0, members(ensemble.server(1)).version());
        }
    }

    @Test
    void whatWasAgreedOnSurvivesAFullRestartWithTheOldConfiguration() {
        try (TestEnsemble ensemble = three()) {
            ensemble.createEverywhere("/before");
            String fourth = ensemble.oneMore("participant");
            ensemble.start(4);
            ensemble.awaitEverywhere("/before");
            change(ensemble, fourth, null);
            awaitMembers(ensemble, Set.of(1L, 2L, 3L, 4L));
            long version = members(ensemble.server(1)).version();
            ensemble.createEverywhere("/after");
            for (long id = 1; id <= 4; id++) {
                ensemble.stop(id);
            }
            ensemble.startAll();
            ensemble.awaitEverywhere("/after");
            for (TinyServer server : ensemble.all()) {
                assertEquals(version, members(server).version());
            }
        }
    }

    @Test
    void theFilesFollow() throws IOException {
        try (TestEnsemble ensemble =
                ensemble("participant", "participant", "participant").with("configFile", "zoo.cfg")) {
            for (long id = 1; id <= 3; id++) {
                Files.createDirectories(ensemble.directory(id));
                Files.writeString(
                        ensemble.directory(id).resolve("zoo.cfg"), "# ours\nclientPort=2181\nserver.1=x:1:2\n");
            }
            ensemble.startAll();
            change(ensemble, null, String.valueOf(ensemble.followers().get(0)));
            ensemble.createEverywhere("/after");
            for (long id = 1; id <= 3; id++) {
                Path files = ensemble.directory(id);
                Waiting.until(
                        () -> ensemble.all().stream()
                                        .map(server -> members(server).version())
                                        .distinct()
                                        .count()
                                == 1,
                        () -> "all go by one version: " + ensemble.describe());
                Membership members = members(ensemble.server(id));
                Path dynamic = files.resolve("zoo.cfg.dynamic." + Long.toHexString(members.version()));
                Waiting.until(() -> text(files.resolve("zoo.cfg")).contains(dynamic.toString()), () -> "it is named");
                assertEquals(members.withVersion(0), Membership.parse(text(dynamic)));
                assertEquals(
                        "# ours\nclientPort=2181\ndynamicConfigFile=" + dynamic + "\n", text(files.resolve("zoo.cfg")));
                assertEquals("# ours\nclientPort=2181\nserver.1=x:1:2\n", text(files.resolve("zoo.cfg.bak")));
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
