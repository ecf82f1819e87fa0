package io.zookit.pipeline.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.pipeline.words.ConnectionFacts.Service;
import io.zookit.pipeline.words.ServerFacts.Latency;
import io.zookit.spi.consensus.EnsembleFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Service SERVICE =
            new Service(0x10a, "GETD", 1_700_000_000_000L, 30_000, 5, 0xc, 17, 2, new Latency(1, 6.7, 21));

    private final FixedFacts facts = new FixedFacts();
    private @Nullable EnsembleFacts ensemble;

    private static int code(String word) {
        return ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    private String answer(String name) {
        Word word = new Words(Set.of("*")).word(code(name));
        MachineFacts machine = new MachineFacts(
                Map.of("os.name", "Linux"), Map.of("clientPort", "2181"), 100, 200, 17, 1024, ensemble);
        return word.answer(facts, word.asksMachine() ? machine : MachineFacts.NOT_ASKED)
                .collect(Collectors.joining());
    }

    @Test
    void everyWordIsToldApartFromTheLengthOfAFrame() {
        Words words = new Words(Set.of());
        for (String name : "conf cons crst dirs dump envi gtmk hash isro mntr ruok srst srvr stat stmk wchc wchp wchs"
                .split(" ")) {
            assertTrue(words.isWord(code(name)), name);
            assertEquals(name, words.word(code(name)).name());
        }
        for (String name : List.of("nope", "RUOK", "ruo\n", "\0\0\0\4")) {
            assertFalse(words.isWord(code(name)), name);
            assertThrows(IllegalArgumentException.class, () -> words.word(code(name)));
        }
    }

    @Test
    void aWordThatIsNotAllowedNamesTheKeyThatAllowsIt() {
        Words words = new Words(Set.of("srvr", "isro"));
        assertEquals(
                "ruok is not executed because it is not in the whitelist."
                        + " It is allowed by 4lw.commands.whitelist in zoo.cfg.\n",
                words.word(code("ruok")).answer(facts, MachineFacts.NOT_ASKED).collect(Collectors.joining()));
        assertEquals(
                List.of("rw"),
                words.word(code("isro")).answer(facts, MachineFacts.NOT_ASKED).toList());
    }

    @Test
    void theTraceMaskIsWhatApacheBeginsWithUntilItIsSet() {
        Words words = new Words(Set.of("*"));
        Word get = words.word(code("gtmk"));
        Word set = words.word(code("stmk"));
        assertEquals(List.of("306"), get.answer(facts, MachineFacts.NOT_ASKED).toList());
        assertEquals(8, set.parameterBytes());
        ByteBuffer wanted = ByteBuffer.allocate(8).putLong(0, 4242);
        assertEquals(
                List.of("4242"),
                set.with(wanted).answer(facts, MachineFacts.NOT_ASKED).toList());
        assertEquals(List.of("4242"), get.answer(facts, MachineFacts.NOT_ASKED).toList());
        assertEquals(0, new Words(Set.of()).word(code("stmk")).parameterBytes(), "a refusal waits for nothing");
    }

    @Test
    void aConnectionWithASessionIsTheLongestLine() {
        facts.connections = List.of(
                new ConnectionFacts("/1.2.3.4:5", true, 1, 6, 7, SERVICE),
                new ConnectionFacts("/1.2.3.4:6", false, 0, 1, 0, null));
        assertEquals(
                " /1.2.3.4:5[1](queued=1,recved=6,sent=7,sid=0x10a,lop=GETD,est=1700000000000,to=30000,"
                        + "lcxid=0x5,lzxid=0xc,lresp=17,llat=2,minlat=1,avglat=6,maxlat=21)\n"
                        + " /1.2.3.4:6[0](queued=0,recved=1,sent=0)\n\n",
                answer("cons"));
        assertTrue(answer("stat")
                .contains("Clients:\n /1.2.3.4:5[1](queued=1,recved=6,sent=7)\n"
                        + " /1.2.3.4:6[0](queued=0,recved=1,sent=0)\n\nLatency"));
    }

    @Test
    void aConnectionWithoutARequestHasNoLastNumber() {
        Service idle = new Service(0x10a, "NA", 1, 30_000, -1, -1, 0, 0, new Latency(0, 0, 0));
        String line = new ConnectionFacts("/1.2.3.4:5", true, 0, 0, 0, idle).detailed();
        assertTrue(line.contains(",to=30000,lzxid=0xffffffffffffffff,lresp=0,"), line);
    }

    @Test
    void theNumbersOfTheServer() {
        assertEquals(
                "Zookeeper version: 3.9.5-test\nLatency min/avg/max: 0/0.1235/7\nReceived: 10\nSent: 9\nConnections: 2\n"
                        + "Outstanding: 1\nZxid: 0x100000003\nMode: standalone\nNode count: 5\n",
                answer("srvr"));
    }

    @Test
    void aLeaderSaysHowLongItsProposalsWere() {
        facts.mode = "leader";
        facts.proposalSizes = new ServerFacts.ProposalSizes(48, 36, 1_048);
        assertTrue(answer("srvr").endsWith("Mode: leader\nNode count: 5\nProposal sizes last/min/max: 48/36/1048\n"));
        assertTrue(answer("stat").endsWith("Node count: 5\nProposal sizes last/min/max: 48/36/1048\n"));
        facts.proposalSizes = new ServerFacts.ProposalSizes(-1, -1, -1);
        assertTrue(answer("srvr").endsWith("Proposal sizes last/min/max: -1/-1/-1\n"));
    }

    @Test
    void aServerWithoutALeaderSaysThatItIsForReadingOnly() {
        facts.mode = "read-only";
        facts.readsOnly = true;
        String head = "Zookeeper version: 3.9.5-test\nREAD-ONLY mode; serving only read-only clients\n";
        assertTrue(answer("srvr").startsWith(head + "Latency"), answer("srvr"));
        assertTrue(answer("stat").startsWith(head + "Clients:\n"), answer("stat"));
        assertEquals("ro", answer("isro"));
    }

    @Test
    void theMembersFollowTheConfigurationAndThePlaceAmongThemTheState() {
        facts.mode = "leader";
        facts.membership = "server.1=127.0.0.1:2888:3888:participant\nversion=0";
        assertEquals(
                "clientPort=2181\nmembership: \nserver.1=127.0.0.1:2888:3888:participant\nversion=0", answer("conf"));
        ensemble = new EnsembleFacts(3, 2, 2, 2, 0, 0, 0);
        assertEquals(
                "zk_version\t3.9.5-test\nzk_server_state\tleader\nzk_peer_state\tleading - broadcast\n",
                answer("mntr"));
        facts.mode = "observer";
        assertTrue(answer("mntr").endsWith("zk_observer_master_id\t2\n"), answer("mntr"));
    }

    @Test
    void metricsAreWholeOrHaveUpToFourDecimals() {
        facts.metrics = Map.of("avg_latency", 0.123456);
        assertEquals("zk_version\t3.9.5-test\nzk_server_state\tstandalone\nzk_avg_latency\t0.1235\n", answer("mntr"));
        facts.metrics = Map.of("uptime", 12_345_678_901L);
        assertTrue(answer("mntr").endsWith("zk_uptime\t12345678901\n"));
    }

    @Test
    void watchesBySessionAndByPath() {
        facts.bySession = List.of(new ServerFacts.SessionWatches(0x1, List.of("/a", "/b")));
        facts.byPath = List.of(new ServerFacts.PathWatches("/a", List.of(0x1L, -1L)));
        assertEquals("0x1\n\t/a\n\t/b\n\n", answer("wchc"));
        assertEquals("/a\n\t0x1\n\t0xffffffffffffffff\n\n", answer("wchp"));
        assertEquals("3 connections watching 2 paths\nTotal watches:4\n", answer("wchs"));
    }

    @Test
    void sessionsConnectionsAndEphemerals() {
        facts.connections = List.of(new ConnectionFacts("/1.2.3.4:5", true, 1, 6, 7, SERVICE));
        assertTrue(
                answer("dump")
                        .matches(
                                "SessionTracker dump:\nSession Sets \\(1\\)/\\(2\\):\n2 expire at [^\n]*:\n\t0x1\n\t0x2\n"
                                        + "ephemeral nodes dump:\nSessions with Ephemerals \\(1\\):\n0x1:\n\t/e\n"
                                        + "Connections dump:\nConnections Sets \\(1\\)/\\(1\\):\n1 expire at [^\n]*:\n"
                                        + "\tip: /1.2.3.4:5 sessionId: 0x10a\n"),
                answer("dump"));
    }

    private String sessionsInDump() {
        String dump = answer("dump");
        return dump.substring(0, dump.indexOf("ephemeral nodes dump")).replaceAll("expire at [^\n]*:", "expire at T:");
    }

    @Test
    void sessionsAreShownByWhoKnowsThem() {
        facts.localSessions = Map.of(1_700_000_000_000L, List.of(3L));
        String local = "SessionTracker dump:\nLocal Session Sets (1)/(1):\n1 expire at T:\n\t0x3\n";
        assertEquals(local + "Global Session Sets (1)/(2):\n2 expire at T:\n\t0x1\n\t0x2\n", sessionsInDump());
        facts.mode = "follower";
        String known = "Global Sessions(2):\n0x1\t4000ms\n0x10a\t30000ms\n";
        assertEquals(local + known, sessionsInDump());
        facts.localSessions = null;
        assertEquals("SessionTracker dump:\n" + known, sessionsInDump());
    }

    @Test
    void machineFactsAreWrittenAsTheyAre() {
        assertEquals("clientPort=2181\n", answer("conf"));
        assertEquals("datadir_size: 100\nlogdir_size: 200\n", answer("dirs"));
        assertEquals("Environment:\nzookeeper.version=3.9.5-test\nos.name=Linux\n", answer("envi"));
    }

    @Test
    void digestsAreHexadecimalAndDecimal() {
        assertEquals("80: 2251559850\n100: -1\n", answer("hash"));
    }

    @Test
    void resetsAreDoneWhenTheyAreAnswered() {
        assertEquals("Server stats reset.\n", answer("srst"));
        assertEquals("Connection stats reset.\n", answer("crst"));
        assertEquals("server connections", facts.resets.strip());
    }

    @Test
    void aDateIsWrittenAsUnixDoes() {
        String date = TextForms.date(1_795_309_453_000L);
        assertTrue(date.matches("[A-Z][a-z]{2} [A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d \\S+ 2026"), date);
    }
}
