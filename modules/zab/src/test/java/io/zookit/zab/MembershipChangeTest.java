package io.zookit.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.zookit.model.ErrorCode;
import io.zookit.zab.MembershipChange.Outcome;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipChangeTest {
    private static final long ZXID = 0x500000007L;

    private static final Membership THREE = Membership.parse("""
            server.1=a:1:2:participant;0.0.0.0:2181
            server.2=b:1:2:participant;0.0.0.0:2181
            server.3=c:1:2:participant;0.0.0.0:2181
            version=500000002""");

    private static Outcome outcome(
            Membership now, Set<Long> synced, @Nullable String join, @Nullable String leave, @Nullable String all) {
        return new MembershipChange(join, leave, all, -1)
                .applyTo(new Standing(now, null, new TreeSet<>(synced)), 2, ZXID);
    }

    private static Outcome outcome(@Nullable String join, @Nullable String leave, @Nullable String all) {
        return outcome(THREE, Set.of(1L, 2L, 3L), join, leave, all);
    }

    private static String text(Outcome outcome) {
        return assertInstanceOf(Outcome.Proposable.class, outcome).membership().text();
    }

    private static ErrorCode error(Outcome outcome) {
        return assertInstanceOf(Outcome.Refused.class, outcome).error();
    }

    // ---- some join, some leave

    @Test
    void aServerJoinsInTheVersionOfTheTransaction() {
        assertEquals("""
                server.1=a:1:2:participant;0.0.0.0:2181
                server.2=b:1:2:participant;0.0.0.0:2181
                server.3=c:1:2:participant;0.0.0.0:2181
                server.4=d:1:2:participant;0.0.0.0:2184
                version=500000007""", text(outcome("server.4=d:1:2;2184", null, null)));
    }

    @Test
    void severalJoinAndLeaveAtOnce() {
        assertEquals("""
                server.2=b:1:2:participant;0.0.0.0:2181
                server.3=c:1:2:participant;0.0.0.0:2181
                server.4=d:1:2:observer;0.0.0.0:2181
                server.5=e:1:2:observer;e:2181
                version=500000007""", text(outcome("server.4=d:1:2:observer;2181, server.5=e:1:2:observer;e:2181", "1, 9", null)));
    }

    @Test
    void whoJoinsAndIsThereGetsAnotherAddressOrRole() {
        assertEquals("""
                server.1=x:7:8:participant;0.0.0.0:2181
                server.2=b:1:2:participant;0.0.0.0:2181
                server.3=c:1:2:observer;0.0.0.0:2181
                version=500000007""", text(outcome("server.1=x:7:8;2181,server.3=c:1:2:observer;2181", null, null)));
    }

    @Test
    void whoLeavesAndJoinsIsThereInTheEnd() {
        assertEquals(
                Set.of(1L, 2L, 3L),
                assertInstanceOf(Outcome.Proposable.class, outcome("server.3=c:1:2;2181", "3", null))
                        .membership()
                        .voters());
    }

    @Test
    void nothingAtAllIsANewVersionOfTheSame() {
        assertEquals(THREE.withVersion(ZXID).text(), text(outcome(null, null, null)));
        assertEquals(THREE.withVersion(ZXID).text(), text(outcome("", "", " ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.4=d:1:2",
                "server.4=d:1;2184",
                "server.4=d;2184",
                "server.4",
                "server.=d:1:2;2184",
                "server.x=d:1:2;2184",
                "4=d:1:2;2184",
                "group.1=1:2",
                "server.4=d:1:2:leader;2184",
                "server.4=d:1:99999;2184",
                "server.4=d:1:2;port",
                "server.4=a:1:9;2184",
                "server.4=a:9:2;2184"
            })
    void aLineThatIsNoneOrAPlaceThatIsTakenIsABadArgument(String joining) {
        assertEquals(ErrorCode.BAD_ARGUMENTS, error(outcome(joining, null, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "server.1", "1;2", "-"})
    void whatIsNoNumberCannotLeave(String leaving) {
        assertEquals(ErrorCode.BAD_ARGUMENTS, error(outcome(null, leaving, null)));
    }

    @Test
    void theClientsOfTwoServersAreNotAtOnePlace() {
        assertEquals(
                ErrorCode.BAD_ARGUMENTS, error(outcome("server.4=d:1:2;h:2181,server.5=e:1:2;h:2181", null, null)));
    }

    @Test
    void groupsAreChangedByNamingEverything() {
        Membership groups = Membership.parse(THREE.text() + "\ngroup.1=1:2\ngroup.2=3\n");
        assertEquals(ErrorCode.BAD_ARGUMENTS, error(outcome(groups, Set.of(1L, 2L, 3L), null, "3", null)));
        assertEquals(
                "server.1=a:1:2:participant\nserver.2=b:1:2:participant\nversion=500000007",
                text(outcome(groups, Set.of(1L, 2L), null, null, "server.1=a:1:2,server.2=b:1:2")));
    }

    // ---- all are named anew

    @Test
    void allMembersAreNamedAnewWithGroupsAndWeights() {
        assertEquals(
                """
                server.1=a:1:2:participant
                server.3=c:1:2:participant;0.0.0.0:2181
                server.7=g:1:2:observer
                group.1=1:3
                weight.1=2
                weight.3=1
                version=500000007""",
                text(
                        outcome(
                                null,
                                null,
                                "server.1=a:1:2\nserver.3=c:1:2:participant;2181,server.7=g:1:2:observer\ngroup.1=1:3\nweight.1=2\nversion=9")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.1=a:1:2:observer,server.2=b:1:2:observer",
                "server.1=a:1:2,server.1=b:1:2",
                "server.1=a:1:2,server.2=a:1:2",
                "server.1=a:1:2,server.2=b:1:2,group.1=1",
                "server.1=a:1:2,server.2=b:1:2,dataDir=/tmp",
                "nonsense"
            })
    void linesThatAreNoEnsembleAreBadArguments(String members) {
        assertEquals(ErrorCode.BAD_ARGUMENTS, error(outcome(null, null, members)));
    }

    // ---- the state of the ensemble

    @Test
    void anEnsembleKeepsTwoVotersUnlessOneMayStandAlone() {
        MembershipChange change = new MembershipChange(null, "1,2", null, -1);
        Standing standing = new Standing(THREE, null, new TreeSet<>(Set.of(1L, 2L, 3L)));
        assertEquals(ErrorCode.BAD_ARGUMENTS, error(change.applyTo(standing, 2, ZXID)));
        assertEquals(
                "server.3=c:1:2:participant;0.0.0.0:2181\nversion=500000007", text(change.applyTo(standing, 1, ZXID)));
        assertEquals(ErrorCode.BAD_ARGUMENTS, error(outcome(null, "1,2,3", null)));
    }

    @Test
    void theVersionMayBeACondition() {
        Standing standing = new Standing(THREE, null, new TreeSet<>(Set.of(1L, 2L, 3L)));
        assertEquals(
                ErrorCode.BAD_VERSION,
                error(new MembershipChange("nonsense", null, null, 0x500000001L).applyTo(standing, 2, ZXID)));
        assertEquals(
                THREE.withVersion(ZXID).text(),
                text(new MembershipChange(null, null, null, 0x500000002L).applyTo(standing, 2, ZXID)));
    }

    @Test
    void oneChangeAtATime() {
        Standing standing = new Standing(THREE, THREE.withVersion(0x500000006L), new TreeSet<>(Set.of(1L, 2L, 3L)));
        assertEquals(
                ErrorCode.RECONFIG_IN_PROGRESS,
                error(new MembershipChange(null, null, null, 1).applyTo(standing, 2, ZXID)));
    }

    @Test
    void aQuorumOfTheNewVotersIsThereBeforeTheyCount() {
        String five = "server.4=d:1:2;2181,server.5=e:1:2;2181";
        assertEquals(ErrorCode.NEW_CONFIG_NO_QUORUM, error(outcome(THREE, Set.of(1L, 3L), five, null, null)));
        assertEquals(5, voters(outcome(THREE, Set.of(1L, 3L, 4L), five, null, null)));
        assertEquals(
                ErrorCode.NEW_CONFIG_NO_QUORUM,
                error(outcome(THREE, Set.of(3L), null, null, "server.1=a:1:2,server.2=b:1:2")));
    }

    private static int voters(Outcome outcome) {
        return assertInstanceOf(Outcome.Proposable.class, outcome)
                .membership()
                .voters()
                .size();
    }
}
