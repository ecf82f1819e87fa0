package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.zab.Membership;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that were configured differently. */
class MemberComparisonTest {
    private static final Membership THREE =
            Membership.parse("server.1=a:1:2\nserver.2=b:1:2;2181\nserver.3=c:1:2:observer\n");

    private static List<String> differences(String text) {
        return MemberComparison.differences(THREE, Membership.parse(text));
    }

    @Test
    void whereClientsConnectIsEachServersOwn() {
        assertEquals(List.of(), differences("server.1=a:1:2;2181\nserver.2=b:1:2\nserver.3=c:1:2:observer\n"));
    }

    @Test
    void aMissingServerAnotherPlaceAndAnotherRoleAreSaid() {
        assertEquals(
                List.of(
                        "server.1 is a:1:2 here and x:1:2 there",
                        "server.2 is b:1:2 here and missing there",
                        "server.3 is c:1:2:observer here and c:1:2 there",
                        "server.4 is missing here and d:1:2 there"),
                differences("server.1=x:1:2\nserver.3=c:1:2\nserver.4=d:1:2\n"));
    }

    @Test
    void groupsAndWeightsAreSaid() {
        assertEquals(
                List.of("the groups or weights are others"),
                differences("server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2:observer\ngroup.1=1\ngroup.2=2\n"));
    }
}
