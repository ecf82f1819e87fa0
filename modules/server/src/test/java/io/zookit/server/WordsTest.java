package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
            String dump = ask(server, "dump");
            assertTrue(dump.contains("\n0x" + Long.toHexString(client.session().sessionId()) + ":\n\t/e\n"), dump);
        }
    }

    @Test
    void aWordThatIsNotAllowedIsRefusedByName() throws IOException {
        try (TestServer server = TestServer.start(directory, "4lw.commands.whitelist", "srvr")) {
            assertEquals("ruok is not executed because it is not in the whitelist.\n", ask(server, "ruok"));
            assertTrue(ask(server, "srvr").contains("Mode: standalone"));
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
