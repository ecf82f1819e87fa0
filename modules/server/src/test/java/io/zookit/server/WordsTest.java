package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {
    @TempDir
    Path directory;

    @Test
    void wordsAreAnsweredInTheFormsToolsParse() throws IOException {
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address())) {
            client.create("/e", "", 1);
            assertEquals("imok", ask(server, "ruok"));
            assertEquals("rw", ask(server, "isro"));
            String srvr = ask(server, "srvr");
            assertTrue(
                    srvr.matches("(?s)Zookeeper version: 3\\.9\\.5-zookit-\\S+\n"
                            + "Latency min/avg/max: \\d+/\\d+\\.\\d+/\\d+\nReceived: \\d+\nSent: \\d+\nConnections: 2\n"
                            + "Outstanding: 0\nZxid: 0x2\nMode: standalone\nNode count: 6\n"),
                    srvr);
            String stat = ask(server, "stat");
            assertTrue(
                    stat.matches(
                            "(?s)Zookeeper version: .*\nClients:\n(?: /\\S+\\[\\d\\]\\(queued=\\d+,recved=\\d+,sent=\\d+\\)\n)+"
                                    + "\nLatency .*"),
                    stat);
            assertTrue(ask(server, "envi").startsWith("Environment:\nzookeeper.version=3.9.5-zookit-"));
            client.exists("/w", true);
            assertEquals("1 connections watching 1 paths\nTotal watches:1\n", ask(server, "wchs"));
            String dump = ask(server, "dump");
            assertTrue(dump.contains("\n0x" + Long.toHexString(client.session().sessionId()) + ":\n\t/e\n"), dump);
        }
    }

    @Test
    void aWordThatIsNotAllowedIsRefusedByName() throws IOException {
        try (TestServer server = TestServer.start(directory, "4lw.commands.whitelist", "srvr")) {
            assertTrue(ask(server, "ruok").startsWith("ruok is not executed because it is not in the whitelist. "));
            assertTrue(ask(server, "srvr").contains("Mode: standalone"));
        }
    }

    /** The eight bytes of the mask may come later than the word. */
    @Test
    void theTraceMaskIsKept() throws IOException {
        try (TestServer server = TestServer.start(directory);
                Socket socket = new Socket()) {
            assertEquals("306", ask(server, "gtmk"));
            socket.connect(server.address());
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write("stmk".getBytes(StandardCharsets.US_ASCII));
            for (byte next : ByteBuffer.allocate(8).putLong(0, 0x0102).array()) {
                socket.getOutputStream().write(next);
            }
            assertEquals("258", new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            assertEquals("258", ask(server, "gtmk"));
        }
    }

    /** A long answer leaves in pieces: a client beside it is served meanwhile, and a reader who does not read holds up nobody. */
    @Test
    void aLongAnswerHoldsUpNobody() throws IOException {
        int paths = 20_000;
        String name = "/a-path-that-nobody-has-made-yet-but-somebody-waits-for-all-the-same-";
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address());
                RawClient other = RawClient.open(server.address());
                Socket reader = new Socket()) {
            for (int i = 0; i < paths; i++) {
                client.exists(name + i, true);
            }
            reader.setReceiveBufferSize(4 << 10);
            reader.connect(server.address());
            reader.getOutputStream().write("wchp".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                assertEquals(0, other.create("/beside-" + i, "", 0).error());
            }
            String answer = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(2L * paths + 1, answer.lines().count(), "every path with its one session, and an empty line");
            assertTrue(answer.endsWith("\n\n"));
        }
    }

    @Test
    void aReaderThatGoesAwayInTheMiddleOfAnAnswerIsForgotten() throws IOException {
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address())) {
            for (int i = 0; i < 2_000; i++) {
                client.exists("/watched-" + i, true);
            }
            for (int i = 0; i < 50; i++) {
                try (Socket reader = new Socket()) {
                    reader.connect(server.address());
                    reader.getOutputStream().write("wchp".getBytes(StandardCharsets.US_ASCII));
                    reader.setSoLinger(true, 0);
                }
            }
            assertEquals(4_001, ask(server, "wchp").lines().count());
        }
    }

    @Test
    void whatIsWatchedAndWhatIsOwnedStandsUnderItsSession() throws IOException {
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address())) {
            client.create("/e", "", 1);
            client.exists("/w", true);
            String session = "0x" + Long.toHexString(client.session().sessionId());
            assertEquals(session + "\n\t/w\n\n", ask(server, "wchc"));
            assertEquals("/w\n\t" + session + "\n\n", ask(server, "wchp"));
            String dump = ask(server, "dump");
            assertTrue(dump.contains("\nSession Sets (1)/(1):\n1 expire at "), dump);
            assertTrue(dump.contains("\nSessions with Ephemerals (1):\n" + session + ":\n\t/e\n"), dump);
            assertTrue(ask(server, "conf")
                    .startsWith("clientPort=" + server.address().getPort() + "\n"));
            assertTrue(ask(server, "cons").contains(",sid=" + session + ",lop=EXIS,"), ask(server, "cons"));
        }
    }

    @Test
    void twoServersInOneProcessShareNothing() throws IOException {
        try (TestServer one = TestServer.start(directory.resolve("1"));
                TestServer two = TestServer.start(directory.resolve("2"));
                RawClient client = RawClient.open(one.address())) {
            client.create("/only-here", "", 0);
            try (RawClient other = RawClient.open(two.address())) {
                assertEquals(-101, other.exists("/only-here", false).error());
            }
            assertTrue(ask(one, "srvr").contains("Zxid: 0x2\n"));
            assertTrue(ask(two, "srvr").contains("Zxid: 0x1\n"));
        }
    }

    private static String ask(TestServer server, String word) throws IOException {
        return FourLetterWord.ask("127.0.0.1", server.address().getPort(), word);
    }
}
