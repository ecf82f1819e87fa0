package com.example.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.config.Config;
import io.zookit.junit.ZookitEnsemble;
import io.zookit.junit.ZookitExtension;
import io.zookit.junit.ZookitMember;
import io.zookit.kernel.PluginSource;
import io.zookit.server.ZookitServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Starts servers by the extensions and by the server's own interface. The program that runs these tests ends with their failures. */
public class Inventory {
    @RegisterExtension
    static final ZookitExtension SERVER = ZookitExtension.standalone().onDisk();

    @RegisterExtension
    static final ZookitEnsemble ENSEMBLE = ZookitEnsemble.of(3);

    @Test
    void serversOfTestsComeAndGo() {
        assertTrue(ZookitServer.class.getModule().isNamed());
        ZookitMember leader = ENSEMBLE.leader();
        leader.cut();
        assertNotEquals(leader, ENSEMBLE.leader());
        leader.join();
        assertEquals(2, ENSEMBLE.followers().size());
        SERVER.restart();
    }

    @Test
    void aProgramHasAServer(@TempDir Path data) {
        Config config = Config.builder()
                .dataDir(data)
                .set("clientPortAddress", "127.0.0.1")
                .set("storage.mapdb.preAllocSize", 1024)
                .build();
        try (ZookitServer server =
                ZookitServer.start(config, PluginSource.services(Inventory.class.getClassLoader()))) {
            assertFalse(server.connectString().isEmpty());
        }
    }

    public static void main(String[] args) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(Inventory.class))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true));
        System.out.println(summary.getTestsSucceededCount() + " tests on the module path succeeded");
        System.exit((int) summary.getTotalFailureCount());
    }
}
