package io.zookit.consensus.single;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.spi.consensus.Replica;
import io.zookit.spi.consensus.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleConsensusTest {
    private final List<String> told = new ArrayList<>();
    private final SingleConsensus consensus = new SingleConsensus();

    private final Replica replica = new Replica() {
        @Override
        public void roleChanged(Role role, long epoch) {
            told.add(role + " in epoch " + epoch);
        }

        @Override
        public void log(long zxid, byte[] record) {
            told.add("log " + zxid);
        }

        @Override
        public void log(long zxid, byte[] bytes, int offset, int length) {
            told.add("log " + zxid + ": " + new String(bytes, offset, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void committed(long zxid) {
            told.add("committed " + zxid);
        }
    };

    @Test
    void leadsFromTheStartInTheEpochOfTheLastZxid() {
        consensus.start(replica, 0x5_0000_0007L);
        assertEquals(List.of("LEADING in epoch 5"), told);
    }

    @Test
    void aPartOfAnArrayIsLoggedAsItIs() {
        consensus.start(replica, 0);
        consensus.propose(1, "abcdef".getBytes(StandardCharsets.US_ASCII), 2, 3);
        assertEquals("log 1: cde", told.get(1));
    }

    @Test
    void nothingIsCommittedBeforeTheLogHasIt() {
        consensus.start(replica, 0);
        consensus.propose(1, new byte[0]);
        consensus.propose(2, new byte[0]);
        assertEquals(List.of("LEADING in epoch 0", "log 1", "log 2"), told);
        consensus.logged(2);
        assertEquals("committed 2", told.get(3));
    }
}
