package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zookit.spi.ServerClock;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.Replica;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogStageTest {
    private final List<String> calls = new ArrayList<>();
    private final RecordRing records = new RecordRing(RecordRing.BYTES);
    private boolean syncFails;
    private final LogStage stage =
            new LogStage(new RecordingLog(), new RecordingConsensus(), ServerClock.system(), new Statistics(), records);

    private void event(long zxid, int bytes, boolean endOfBatch) {
        LogEvent event = new LogEvent();
        event.set(zxid, new byte[bytes]);
        stage.onEvent(event, zxid, endOfBatch);
    }

    @Test
    void aBatchIsOneSyncAndIsReportedAfterIt() {
        event(1, 10, false);
        event(2, 10, false);
        event(3, 10, true);
        assertEquals(List.of("append 1", "append 2", "append 3", "sync", "logged 3"), calls);
    }

    @Test
    void aBatchThatHasGrownIsSyncedEarly() {
        event(1, 3 << 20, false);
        event(2, 3 << 20, false);
        event(3, 10, true);
        assertEquals(List.of("append 1", "append 2", "sync", "logged 2", "append 3", "sync", "logged 3"), calls);
    }

    @Test
    void aRecordInTheRingIsReleasedWhenItWasAppended() {
        int offset = records.room(700_000);
        records.keep(offset + 700_000);
        assertEquals(-1, records.room(500_000));
        LogEvent event = new LogEvent();
        event.set(1, offset, 700_000);
        stage.onEvent(event, 1, false);
        assertEquals(0, records.room(500_000));
        assertEquals(List.of("append 1"), calls);
    }

    @Test
    void nothingIsReportedWhenTheSyncFails() {
        syncFails = true;
        assertThrows(StorageException.class, () -> event(1, 10, true));
        assertEquals(List.of("append 1", "sync"), calls);
    }

    @Test
    void aNewFileBeginsBetweenBatches() {
        stage.requestRoll();
        event(1, 10, false);
        event(2, 10, true);
        event(3, 10, true);
        assertEquals(
                List.of("append 1", "append 2", "sync", "logged 2", "roll", "append 3", "sync", "logged 3"), calls);
    }

    private final class RecordingLog implements TransactionLog {
        @Override
        public long firstZxid() {
            return 0;
        }

        @Override
        public long lastZxid() {
            return 0;
        }

        @Override
        public void append(long zxid, byte[] record) {
            calls.add("append " + zxid);
        }

        @Override
        public void sync() {
            calls.add("sync");
            if (syncFails) {
                throw new StorageException("the disk is gone", null);
            }
        }

        @Override
        public LogReader read(long afterZxid) {
            throw new UnsupportedOperationException("not used here");
        }

        @Override
        public void truncateAfter(long zxid) {
            throw new UnsupportedOperationException("not used here");
        }

        @Override
        public void roll() {
            calls.add("roll");
        }

        @Override
        public void purgeBefore(long zxid) {
            throw new UnsupportedOperationException("not used here");
        }
    }

    private final class RecordingConsensus implements Consensus {
        @Override
        public void start(Replica replica, long lastZxid) {}

        @Override
        public void propose(long zxid, byte[] record) {}

        @Override
        public void logged(long zxid) {
            calls.add("logged " + zxid);
        }

        @Override
        public String mode() {
            return "test";
        }

        @Override
        public void close() {}
    }
}
