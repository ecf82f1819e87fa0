package io.zookit.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipTest {
    @Test
    void theStandardTextComesOutAsItWentIn() {
        String text = """
                server.1=a.example:2888:3888:participant;0.0.0.0:2181
                server.2=[2001:db8::1]:2888:3888|10.0.0.2:2888:3888:participant
                server.10=10.0.0.10:2888:3888:observer
                version=100000002""";
        Membership membership = Membership.parse(text);
        assertEquals(text, membership.text());
        assertEquals(0x100000002L, membership.version());
        assertEquals(Set.of(1L, 2L), membership.voters());
        assertTrue(membership.isObserver(10));
        assertFalse(membership.isObserver(11));
        assertEquals(
                new Member.Address("2001:db8::1", 2888, 3888),
                membership.member(2).addresses().get(0));
    }

    @Test
    void aConfigurationFileMaySayLess() {
        Membership membership =
                Membership.parse("# three\n server.1 = a:1:2\n\nserver.2=b:1:2;2181\nserver.3=c:1:2:OBSERVER\n");
        assertEquals(
                "server.1=a:1:2:participant\nserver.2=b:1:2:participant;0.0.0.0:2181\nserver.3=c:1:2:observer\nversion=0",
                membership.text());
    }

    @Test
    void aClientPortWithoutAHostIsOneOfAllAddresses() {
        Membership membership =
                Membership.parse("server.1=a:1:2;:2181\nserver.2=b:1:2; c:2181\nserver.3=d:1:2;[::1]:2181");
        assertEquals("0.0.0.0:2181", membership.member(1).client());
        assertEquals("c:2181", membership.member(2).client());
        assertEquals("[::1]:2181", membership.member(3).client());
    }

    @Test
    void groupsAndWeightsAreKept() {
        String text = """
                server.1=a:1:2:participant
                server.2=b:1:2:participant
                server.3=c:1:2:participant
                group.1=1:2
                group.2=3
                weight.1=3
                weight.2=1
                weight.3=0
                version=0""";
        Membership membership = Membership.parse(text);
        assertEquals(text, membership.text());
        assertEquals(3, membership.weight(1));
        assertEquals(0, membership.weight(3));
        assertEquals(0, membership.weight(9));
        assertTrue(membership.quorum().contains(Set.of(1L)));
        assertFalse(membership.quorum().contains(Set.of(2L, 3L)));
    }

    @Test
    void textsThatDescribeNoEnsembleAreRefusedWithTheirLine() {
        for (String text : List.of(
                "",
                "server.1=a:1:2:observer",
                "server.x=a:1:2",
                "server.1=a:1",
                "server.1=a",
                "server.1=:1:2",
                "server.1=a:1:99999",
                "server.1=a:1:2;x",
                "server.1=2001:db8::1:2888:3888",
                "server.1=a:1:2\nserver.1=b:1:2",
                "server.1=a:1:2\nfoo=bar",
                "server.1=a:1:2\njust text",
                "server.1=a:1:2\nversion=xyz",
                "server.1=a:1:2\nserver.2=b:1:2\ngroup.1=1",
                "server.1=a:1:2\ngroup.1=1\ngroup.2=1",
                "server.1=a:1:2\ngroup.1=1\nweight.1=-1")) {
            String message = assertThrows(MembershipFormatException.class, () -> Membership.parse(text), text)
                    .getMessage();
            assertTrue(message.length() > 10, message);
        }
    }

    @Test
    void aMajorityIsMoreThanHalf() {
        Quorum four = Membership.parse("server.1=a:1:2\nserver.2=a:1:2\nserver.3=a:1:2\nserver.4=a:1:2")
                .quorum();
        assertFalse(four.contains(Set.of(1L, 2L)));
        assertFalse(four.contains(Set.of(1L, 2L, 9L)));
        assertTrue(four.contains(Set.of(1L, 2L, 4L)));
    }

    @Test
    void moreThanHalfOfTheGroupsMustHaveMoreThanHalfOfTheirWeight() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 9; i++) {
            text.append("server.").append(i).append("=a:1:2\n");
        }
        Quorum nine = Membership.parse(text + "group.1=1:2:3\ngroup.2=4:5:6\ngroup.3=7:8:9")
                .quorum();
        assertTrue(nine.contains(Set.of(1L, 2L, 4L, 5L)));
        assertFalse(nine.contains(Set.of(1L, 2L, 4L, 7L)));
        assertFalse(nine.contains(Set.of(1L, 2L, 3L)));
    }

    @Test
    void twoMembershipsAtOnceNeedBothQuorums() {
        Quorum old = Membership.parse("server.1=a:1:2\nserver.2=a:1:2\nserver.3=a:1:2")
                .quorum();
        Quorum next = Membership.parse("server.3=a:1:2\nserver.4=a:1:2\nserver.5=a:1:2")
                .quorum();
        Quorum both = new Quorum.Both(old, next);
        assertFalse(both.contains(Set.of(1L, 2L)));
        assertFalse(both.contains(Set.of(3L, 4L, 5L)));
        assertTrue(both.contains(Set.of(2L, 3L, 4L)));
    }

    @Test
    void aServerWithoutWeightIsNeverBetter() {
        Membership membership = Membership.parse("server.1=a:1:2\nserver.2=a:1:2\ngroup.1=1:2\nweight.2=0");
        assertFalse(new Vote(2, 9, 9).beats(new Vote(1, 0, 0), membership, membership));
        assertTrue(new Vote(1, 9, 9).beats(new Vote(2, 0, 0), membership, membership));
    }
}
