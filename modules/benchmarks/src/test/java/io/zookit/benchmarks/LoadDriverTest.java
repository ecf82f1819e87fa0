package io.zookit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.benchmarks.ScriptedServer.Script;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadDriverTest {
    private static final int XID_OFFSET = 4;
    private static final int ERROR_OFFSET = 16;

    @ParameterizedTest
    @ValueSource(strings = {"get-100-3x4", "set-100-3x4", "exists-0-1x1", "create-1k-2x5"})
    void aRunMeasuresItsWorkloadAndLeavesNoZnodeBehind(String scenario) throws Exception {
        ScriptedServer server = new ScriptedServer(Script.HONEST);
        try (server) {
            LoadResult result = LoadDriver.run(plan(server, scenario));
            assertTrue(result.operations() > 0);
            assertTrue(result.throughput() > 0);
            assertTrue(result.p50Micros() > 0 && result.p50Micros() <= result.p99Micros());
            assertTrue(result.worstMicros() * 1.04 >= result.p999Micros());
            assertTrue(result.driverCoreShare() >= 0 && result.driverCoreShare() < 1.1);
        }
        Scenario parsed = Scenario.parse(scenario);
        assertEquals(1 + 1 + parsed.connections(), server.znodes().size(), "the root and the directories");
        assertEquals(
                parsed.workload().needsFreshPaths() ? 2 * parsed.connections() : 3 * parsed.connections(),
                server.sessionsClosed());
    }

    @Test
    void setsGoRoundOverTheZnodesThatLoadHasMade() throws Exception {
        ScriptedServer server = new ScriptedServer(Script.HONEST);
        try (server) {
            LoadPlan plan = new LoadPlan(
                    List.of(server.address()),
                    List.of(ProcessHandle.current().pid()),
                    Scenario.parse("set-5-2x4"),
                    7,
                    Duration.ZERO,
                    Duration.ofMillis(50));
            LoadDriver.load(plan);
            assertEquals(1 + 1 + 2 + 2 * 7, server.znodes().size());
            LoadResult result = LoadDriver.measure(plan);
            assertTrue(server.sets() >= result.operations());
        }
        assertTrue(server.znodes()
                .keySet()
                .containsAll(Set.of("/load/0000/000000006", "/load/0001/000000000", "/load/0001/000000006")));
        assertEquals(1 + 1 + 2 + 2 * 7, server.znodes().size());
    }

    @Test
    void repliesMayComeInPieces() throws Exception {
        byte[][] kept = new byte[1][];
        Script halves = (number, reply) -> {
            // The second half of each reply goes with the next one; every third request gets all that is due.
            if (number < 3) {
                return reply;
            }
            byte[] before = kept[0] == null ? new byte[0] : kept[0];
            int cut = number % 3 == 0 ? reply.length : 7;
            kept[0] = Arrays.copyOfRange(reply, cut, reply.length);
            return ByteBuffer.allocate(before.length + cut)
                    .put(before)
                    .put(reply, 0, cut)
                    .array();
        };
        try (ScriptedServer server = new ScriptedServer(halves)) {
            LoadPlan plan = new LoadPlan(
                    List.of(server.address()),
                    List.of(ProcessHandle.current().pid()),
                    Scenario.parse("create-100-1x6"),
                    // With the two creates of directories a multiple of three.
                    301,
                    Duration.ZERO,
                    Duration.ZERO);
            LoadDriver.load(plan);
            assertEquals(304, server.znodes().size());
        }
    }

    @Test
    void aReplyWithAnotherXidEndsTheRun() throws Exception {
        assertFails("the server sent xid 99", reply -> reply.putInt(XID_OFFSET, 99));
    }

    @Test
    void aReplyWithAnErrorEndsTheRun() throws Exception {
        assertFails("error -4 and", reply -> reply.putInt(ERROR_OFFSET, -4));
    }

    @Test
    void aReplyOfAnotherLengthEndsTheRunAtOnce() throws Exception {
        assertFails("and 1000000 bytes", reply -> reply.putInt(0, 1_000_000));
    }

    @Test
    void aServerThatClosesTheConnectionEndsTheRun() throws Exception {
        try (ScriptedServer server = new ScriptedServer((number, reply) -> number < 20 ? reply : new byte[0])) {
            assertThrows(IOException.class, () -> LoadDriver.run(plan(server, "get-10-2x4")));
        }
    }

    private interface Change {
        void apply(ByteBuffer reply);
    }

    /** Spoils the twentieth reply of each connection. */
    private static void assertFails(String message, Change change) throws Exception {
        Script script = (number, reply) -> {
            if (number == 20) {
                change.apply(ByteBuffer.wrap(reply));
            }
            return reply;
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            ProtocolException failure =
                    assertThrows(ProtocolException.class, () -> LoadDriver.run(plan(server, "get-10-2x4")));
            assertTrue(failure.getMessage().contains(message), failure::getMessage);
        }
    }

    private static LoadPlan plan(ScriptedServer server, String scenario) {
        Scenario parsed = Scenario.parse(scenario);
        return new LoadPlan(
                List.of(server.address()),
                List.of(ProcessHandle.current().pid()),
                parsed,
                parsed.inFlight(),
                Duration.ofMillis(20),
                Duration.ofMillis(100));
    }
}
