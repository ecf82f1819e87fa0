package io.zookit.simulator.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private final Agenda agenda = new Agenda();
    private final Network network = new Network(agenda, new Chance(7), new Network.Latency(10, 500, 9_000), 3);

    /** Keeps what it hears; the end of the connection is a word. */
    private static final class Ear implements Endpoint<String> {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void received(String message) {
            heard.add(message);
        }

        @Override
        public void closed() {
            heard.add("end");
        }
    }

    private void letEverythingHappen() {
        while (agenda.step()) {
            // Until nothing is left.
        }
    }

    @Test
    void messagesArriveInOrder() {
        Connection<String> connection = network.connect(0, 1);
        Ear ear = new Ear();
        connection.acceptorHears(ear);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add("m" + i);
            connection.send(true, "m" + i);
        }
        letEverythingHappen();
        assertEquals(sent, ear.heard);
    }

    @Test
    void whoeverClosesIsHeardToTheEnd() {
        Connection<String> connection = network.connect(0, 1);
        Ear dialer = new Ear();
        Ear acceptor = new Ear();
        connection.dialerHears(dialer);
        connection.acceptorHears(acceptor);
        connection.send(false, "too late");
        connection.send(true, "last words");
        connection.close(true);
        connection.send(true, "nothing");
        letEverythingHappen();
        assertEquals(List.of("last words", "end"), acceptor.heard);
        assertEquals(List.of(), dialer.heard);
    }

    @Test
    void aCutLosesAnySuffixAndMayNeverBeHeardOf() {
        Set<List<String>> outcomes = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            Connection<String> connection = network.connect(0, 1);
            Ear ear = new Ear();
            connection.acceptorHears(ear);
            connection.send(true, "a");
            connection.send(true, "b");
            connection.cut(new Chance(seed));
            letEverythingHappen();
            outcomes.add(ear.heard);
        }
        Set<List<String>> expected = Set.of(
                List.of(),
                List.of("a"),
                List.of("a", "b"),
                List.of("end"),
                List.of("a", "end"),
                List.of("a", "b", "end"));
        assertEquals(expected, outcomes);
    }

    @Test
    void whoeverSendsIntoASilentConnectionIsToldInTheEnd() {
        for (int seed = 0; seed < 50; seed++) {
            Connection<String> connection = network.connect(0, 1);
            Ear ear = new Ear();
            connection.dialerHears(ear);
            connection.vanish(false, new Chance(seed));
            connection.send(true, "is anybody there");
            letEverythingHappen();
            assertEquals(List.of("end"), ear.heard, "seed " + seed);
        }
    }

    @Test
    void whatIsBlockedWaits() {
        network.block(0, 1);
        Connection<String> connection = network.connect(0, 1);
        Ear ear = new Ear();
        connection.acceptorHears(ear);
        connection.send(true, "a");
        letEverythingHappen();
        assertTrue(ear.heard.isEmpty());
        network.heal();
        letEverythingHappen();
        assertEquals(List.of("a"), ear.heard);
    }
}
