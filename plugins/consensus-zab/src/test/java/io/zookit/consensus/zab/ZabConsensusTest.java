package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.Replica;
import io.zookit.spi.consensus.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the plugin is before and without a start. */
class ZabConsensusTest {
    private static final ServerSurroundings SURROUNDINGS =
            new ServerSurroundings(Path.of("alone"), Map.of("members", "server.1=127.0.0.1:1:2", "serverId", "1"));

    /** The server around a consensus of one. */
    private static final class Alone implements Replica {
        @Override
        public void roleChanged(Role role, long epoch) {
            throw new AssertionError("nothing begins");
        }

        @Override
        public void log(long zxid, byte[] record) {
            throw new AssertionError("nothing begins");
        }

        @Override
        public void committed(long zxid) {
            throw new AssertionError("nothing begins");
        }
    }

    @Test
    void aServerThatRunsAloneIsRefusedWithTheWayOut() {
        try (Consensus consensus = new ZabConsensusProvider().create(SURROUNDINGS)) {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> consensus.start(new Alone(), 0));
            assertTrue(refused.getMessage().contains("plugin.consensus=single"), refused::getMessage);
            assertEquals("looking", consensus.mode());
        }
    }

    @Test
    void closingWhatWasNeverStartedDoesNothing() {
        Consensus consensus = new ZabConsensusProvider().create(SURROUNDINGS);
        consensus.close();
        consensus.close();
        assertEquals(0, SURROUNDINGS.started().size());
    }
}
