package io.zookit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.kernel.StartException;
import io.zookit.spi.PluginContext;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.ConsensusProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When servers begin and end, and what they share: nothing. */
class LifecycleTest {
    private final ZookitExtension memory = ZookitExtension.standalone();
    private final ZookitExtension disk = ZookitExtension.standalone().onDisk();

    @AfterEach
    void endWhatATestHasLeft() {
        memory.end("test");
        disk.end("test");
    }

    private static void begin(ZookitExtension extension) {
        extension.begin("test", LifecycleTest.class.getClassLoader());
    }

    @Test
    void twoServersAreTwoWorlds() throws Exception {
        begin(memory);
        begin(disk);
        assertNotEquals(memory.connectString(), disk.connectString());
        try (Client one = Client.connect(memory.connectString());
                Client other = Client.connect(disk.connectString())) {
            one.create("/only", CreateMode.PERSISTENT);
            assertFalse(other.exists("/only"));
            assertThrows(IllegalArgumentException.class, () -> disk.expireSession(one.sessionId()));
        }
    }

    @Test
    void dataOnDiskSurviveARestart() throws Exception {
        begin(disk);
        try (Client client = Client.connect(disk.connectString())) {
            client.create("/kept", CreateMode.PERSISTENT);
        }
        disk.restart();
        try (Client client = Client.connect(disk.connectString())) {
            assertTrue(client.exists("/kept"));
        }
    }

    @Test
    void nothingIsLeftAtTheEndAndTheNextBeginningIsEmpty() throws Exception {
        for (ZookitExtension extension : List.of(memory, disk)) {
            begin(extension);
            int port = Integer.parseInt(extension.connectString().split(":")[1]);
            try (Client client = Client.connect(extension.connectString())) {
                client.create("/left", CreateMode.PERSISTENT);
            }
            extension.restart();
            extension.end("test");

            assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
            assertEquals(List.of(), serverThreads());
            assertThrows(IllegalStateException.class, extension::connectString);

            begin(extension);
            try (Client client = Client.connect(extension.connectString())) {
                assertFalse(client.exists("/left"));
            }
            extension.end("test");
        }
    }

    private static List<String> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("zookit-"))
                .toList();
    }

    @Test
    void theLastOfClassesAndTestsEndsTheServer() throws Exception {
        begin(memory);
        memory.begin("inner", LifecycleTest.class.getClassLoader());
        memory.end("never began");
        memory.end("inner");
        Client.connect(memory.connectString()).close();
    }

    @Test
    void aTemporaryDirectoryGoesWithAllThatIsInIt() throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create();
        Files.createDirectories(directory.path().resolve("a/b"));
        Files.writeString(directory.path().resolve("a/b/c"), "data");
        directory.close();
        assertFalse(Files.exists(directory.path()));
    }

    @Test
    void keysOfTheConfigurationAreTheServers() throws Exception {
        memory.set("tickTime", 50).set("maxSessionTimeout", 700);
        begin(memory);
        try (Client client = Client.connect(memory.connectString())) {
            assertEquals(700, client.zooKeeper().getSessionTimeout());
        }
    }

    @Test
    void aWrongConfigurationFailsWithItsReasonAndLeavesNothing() {
        memory.set("tickTime", "soon");
        StartException refused = assertThrows(StartException.class, () -> begin(memory));
        assertTrue(refused.getMessage().contains("tickTime"), refused.getMessage());
        memory.end("test");
        assertEquals(List.of(), serverThreads());
    }

    @Test
    void aPluginOfTheTestTakesThePlaceOfTheServiceOfThatName() {
        memory.plugin(new Refusing());
        StartException refused = assertThrows(StartException.class, () -> begin(memory));
        assertTrue(refused.getMessage().contains("the test's own was chosen"), refused.getMessage());
    }

    /** A plugin that proves that it was asked. */
    private static final class Refusing implements ConsensusProvider {
        @Override
        public String id() {
            return "single";
        }

        @Override
        public Consensus create(PluginContext context) {
            throw new IllegalStateException("the test's own was chosen");
        }
    }
}
