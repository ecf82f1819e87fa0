package io.zookit.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.zookit.config.Config;
import io.zookit.kernel.PluginSource;
import io.zookit.server.ZookitServer;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that gets many malformed frames over loopback: a good client works all the time, and when it is over nothing is left of
 * it, neither connections nor files nor memory.
 */
class LiveServerFuzzTest {
    private static final int CONNECTIONS = 8;
    /** Rounds of each connection between two looks at the good client. */
    private static final int FRAMES_BETWEEN = 2_000;

    private static final long HEAP_GROWTH_MAX = 24L << 20;
    private static final long SETTLE_NANOS = 20_000_000_000L;

    private final long seed = Long.getLong("fuzz.seed", 20261122L);
    private final long frames = Long.getLong("fuzz.frames", 10_000);

    @TempDir
    Path directory = Path.of("");

    @Test
    void aFloodOfMalformedFramesLeavesNothingBehind() {
        Config config = Config.builder()
                .dataDir(directory)
                .set("clientPortAddress", "127.0.0.1")
                .set("plugin.storage", "memory")
                .set("4lw.commands.whitelist", "*")
                .set("maxClientCnxns", "0")
                .set("minSessionTimeout", "1000")
                .build();
        PluginSource plugins = PluginSource.services(getClass().getClassLoader());
        try (ZookitServer server = ZookitServer.start(config, plugins);
                GoodClient good = GoodClient.connect(server.clientAddress())) {
            flood(server, good, Math.min(frames, 5_000), seed);
            settle("connections", () -> connections(good), 2);
            long filesBefore = openFiles();
            long heapBefore = usedHeap();
            flood(server, good, frames, seed + 1);
            long received = number(good.word("srvr"), "Received: ");
            assertTrue(
                    received > frames / 2, () -> "only " + received + " frames of " + frames + " came to be looked at");
            settle("connections", () -> connections(good), 2);
            settle("open files", LiveServerFuzzTest::openFiles, filesBefore);
            settle("heap", LiveServerFuzzTest::usedHeap, heapBefore + HEAP_GROWTH_MAX);
            good.works();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("-Dfuzz.seed=" + seed, failure);
        }
    }

    private static void flood(ZookitServer server, GoodClient good, long frames, long seed) {
        HostileClient[] hostile = new HostileClient[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            hostile[i] = new HostileClient(server.clientAddress(), new Chance(seed + i));
        }
        try {
            long sent = 0;
            for (long round = 0; sent < frames; round++) {
                for (HostileClient client : hostile) {
                    sent += client.burst();
                }
                if (round % (FRAMES_BETWEEN / CONNECTIONS) == 0) {
                    good.works();
                }
            }
        } finally {
            for (HostileClient client : hostile) {
                client.close();
            }
        }
    }

    /** The good client's connection, and the one that asks. */
    private static long connections(GoodClient good) {
        return number(good.word("srvr"), "Connections: ");
    }

    private static long number(String srvr, String label) {
        return srvr.lines()
                .filter(line -> line.startsWith(label))
                .mapToLong(line -> Long.parseLong(line.substring(label.length())))
                .sum();
    }

    private static long openFiles() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** What was closed is gone a little later: looks until it is. */
    private static void settle(String what, LongSupplier now, long most) {
        long deadline = System.nanoTime() + SETTLE_NANOS;
        long seen = now.getAsLong();
        while (seen > most && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            seen = now.getAsLong();
        }
        long last = seen;
        assertTrue(last <= most, () -> what + ": " + last + ", at most " + most + " were expected");
    }

    @Test
    void aConnectionThatNeverSaysWhoItIsIsClosedByTheServer() {
        Config config = Config.builder()
                .dataDir(directory)
                .set("clientPortAddress", "127.0.0.1")
                .set("plugin.storage", "memory")
                .build();
        PluginSource plugins = PluginSource.services(getClass().getClassLoader());
        try (ZookitServer server = ZookitServer.start(config, plugins)) {
            assertEquals("closed", HostileClient.tlsHello(server.clientAddress()));
            assertEquals("closed", HostileClient.httpRequest(server.clientAddress()));
        }
    }
}
