package io.zookit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.kernel.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When ensembles begin and end, and what is declared about them. */
class EnsembleLifecycleTest {
    private final ZookitEnsemble memory = ZookitEnsemble.of(3);
    private final ZookitEnsemble disk = ZookitEnsemble.of(2).onDisk();

    @AfterEach
    void endWhatATestHasLeft() {
        memory.end("test");
        disk.end("test");
    }

    private static void begin(ZookitEnsemble extension) {
        extension.begin("test", EnsembleLifecycleTest.class.getClassLoader());
    }

    private static List<String> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("zookit-"))
                .toList();
    }

    @Test
    void nothingIsLeftAtTheEndWhateverWasDoneToMembers() {
        begin(memory);
        ZookitMember cut = memory.members().get(0);
        memory.members().get(1).stop();
        cut.cut();
        List<Integer> ports = Stream.of(memory.connectString().split(","))
                .map(address -> Integer.valueOf(address.split(":")[1]))
                .toList();

        memory.end("test");

        assertEquals(List.of(), serverThreads());
        for (int port : ports) {
            assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        }
        assertFalse(cut.isRunning());
        assertThrows(IllegalStateException.class, memory::leader);
    }

    @Test
    void twoEnsemblesAreTwoWorlds() throws Exception {
        begin(memory);
        begin(disk);
        try (Client one = Client.connect(memory.connectString());
                Client other = Client.connect(disk.connectString())) {
            one.create("/only", CreateMode.PERSISTENT);
            other.sync();
            assertFalse(other.exists("/only"));
            assertThrows(IllegalArgumentException.class, () -> disk.expireSession(one.sessionId()));
        }
    }

    @Test
    void dataOnDiskSurviveARestartOfAll() throws Exception {
        begin(disk);
        try (Client client = Client.connect(disk.connectString())) {
            client.create("/kept", CreateMode.PERSISTENT);
        }
        disk.members().forEach(ZookitMember::stop);
        disk.heal();
        try (Client client = Client.connect(disk.leader().connectString())) {
            assertTrue(client.exists("/kept"));
        }
    }

    @Test
    void aWrongConfigurationFailsWithItsReasonAndLeavesNothing() {
        memory.set("syncLimit", "soon");
        StartException refused = assertThrows(StartException.class, () -> begin(memory));
        assertTrue(refused.getMessage().contains("syncLimit"), refused.getMessage());
        memory.end("test");
        assertEquals(List.of(), serverThreads());
    }

    @Test
    void keysOfTheConfigurationCountForAllMembers() throws Exception {
        memory.set("maxSessionTimeout", 700);
        begin(memory);
        for (ZookitMember member : memory.members()) {
            try (Client client = Client.connect(member.connectString())) {
                assertEquals(700, client.zooKeeper().getSessionTimeout());
            }
        }
    }
}
