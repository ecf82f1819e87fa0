package io.zookit.consensus.zab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zookit.model.Zxid;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.storage.memory.MemoryStorageProvider;
import io.zookit.zab.EmptyVote;
import io.zookit.zab.History;
import io.zookit.zab.StoredState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the storage says about the past. */
class StoredHistoryTest {
    private final Storage storage =
            new MemoryStorageProvider().create(new ServerSurroundings(Path.of("history"), Map.of()));
    private final StoredHistory history = new StoredHistory(storage, EmptyVote.ALWAYS);

    @BeforeEach
    void open() {
        storage.open();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void log(long epoch, int from, int to) {
        for (int counter = from; counter <= to; counter++) {
            storage.log().append(Zxid.of(epoch, counter), new byte[32]);
        }
        storage.log().sync();
    }

    private void snapshot(long zxid) {
        try (SnapshotWriter writer = storage.snapshots().write(zxid)) {
            writer.end(null);
        }
    }

    @Test
    void anEmptyStorageSaysNothing() {
        assertEquals(StoredState.empty(), history.read());
    }

    @Test
    void epochsAreReadAsTheyWereSaved() {
        history.saveEpochs(7, 5);
        assertEquals(new StoredState(7, 5, History.EMPTY), history.read());
    }

    @Test
    void epochsOfAnotherFormStopTheStart() {
        storage.values().put("currentEpoch", new byte[3]);
        assertThrows(CorruptStorageException.class, history::read);
    }

    @Test
    void epochsStandWhereApachesServersLookForThem() {
        history.saveEpochs(12, 11);
        assertArrayEquals("12".getBytes(US_ASCII), storage.values().get("acceptedEpoch"));
        assertArrayEquals("11".getBytes(US_ASCII), storage.values().get("currentEpoch"));
        storage.values().put("acceptedEpoch", "13\n".getBytes(US_ASCII));
        assertEquals(new StoredState(13, 11, History.EMPTY), history.read());
    }

    @Test
    void aSynchronisationThatWasNotCompletedIsKnownAfterwards() {
        history.saveUnsynced(true);
        assertEquals(new StoredState(0, 0, History.EMPTY, EmptyVote.ALWAYS, true), history.read());
        history.saveUnsynced(false);
        assertEquals(StoredState.empty(), history.read());
    }

    @Test
    void theEndOfEachEpochIsFound() {
        log(1, 1, 9);
        log(2, 1, 1);
        log(5, 1, 300);
        assertEquals(
                new History(0, Zxid.of(5, 300), List.of(Zxid.of(1, 9), Zxid.of(2, 1), Zxid.of(5, 300))),
                history.read().history());
    }

    @Test
    void aPurgedLogBeginsAtTheSnapshotBeforeItOrAtItsFirstRecord() {
        log(1, 1, 9);
        snapshot(Zxid.of(1, 9));
        log(2, 1, 4);
        storage.log().purgeBefore(Zxid.of(2, 1));
        assertEquals(
                new History(Zxid.of(1, 9), Zxid.of(2, 4), List.of(Zxid.of(2, 4))),
                history.read().history());
        storage.log().purgeBefore(Zxid.of(2, 3));
        assertEquals(
                new History(Zxid.of(2, 3), Zxid.of(2, 4), List.of(Zxid.of(2, 4))),
                history.read().history());
    }

    @Test
    void whatMayBeMissingBetweenAnOldSnapshotAndTheLogIsNotTakenForThere() {
        log(1, 1, 9);
        snapshot(Zxid.of(1, 5));
        log(2, 1, 4);
        snapshot(Zxid.of(2, 2));
        storage.log().purgeBefore(Zxid.of(2, 1));
        assertEquals(Zxid.of(2, 1), history.read().history().afterZxid());
    }

    @Test
    void aSnapshotWithoutALogIsAWholeHistory() {
        snapshot(Zxid.of(3, 0));
        assertEquals(History.startingAt(Zxid.of(3, 0)), history.read().history());
        log(3, 1, 2);
        assertEquals(
                new History(Zxid.of(3, 0), Zxid.of(3, 2), List.of(Zxid.of(3, 2))),
                history.read().history());
    }

    @Test
    void anInstallationThatWasInterruptedIsCompleted() {
        log(1, 1, 9);
        snapshot(Zxid.of(2, 5));
        history.finishInstallation();
        assertEquals(0, storage.log().lastZxid());
        assertEquals(History.startingAt(Zxid.of(2, 5)), history.read().history());
    }

    @Test
    void aLogThatGoesBeyondItsSnapshotIsLeftAlone() {
        log(1, 1, 9);
        snapshot(Zxid.of(1, 5));
        history.finishInstallation();
        assertEquals(Zxid.of(1, 9), storage.log().lastZxid());
    }
}
