package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every {@link TransactionLog} does: keep, in order and to the byte, what was synced, whatever happens. */
public abstract class LogStoreContract extends StorageContract {
    private static final long NEXT_EPOCH = 0x2_0000_0000L;

    private final LogRecords records = new LogRecords();

    /** A contract is extended, with one method to implement. */
    protected LogStoreContract() {}

    private TransactionLog log() {
        return storage().log();
    }

    @Test
    void aNewLogIsEmpty() {
        assertEquals(0, log().firstZxid());
        assertEquals(0, log().lastZxid());
        try (LogReader reader = log().read(0)) {
            assertFalse(reader.next());
        }
        log().sync();
        records.assertIn(log());
    }

    @Test
    void howMuchRoomIsLeftCanBeAskedAtAnyTime() {
        long room = storage().usableBytes();
        assertTrue(room > 0, "an open storage with " + room + " bytes of room");
        records.append(log(), 1, 10);
        storage().usableBytes();
        records.sync(log());
        records.assertIn(log());
    }

    @Test
    void syncedRecordsAreReadInOrderAndToTheByte() {
        int[] sizes = {0, 1, 7, 100, 1_000, 70_000, 3, 300_000, 8};
        for (int i = 0; i < sizes.length; i++) {
            records.append(log(), i + 1, sizes[i]);
        }
        records.sync(log());
        records.write(log(), 10, 40, 50);
        records.assertIn(log());
    }

    @Test
    void theArrayAroundARecordIsTheCallersAgain() {
        byte[] array = new byte[80_000];
        records.appendPart(log(), 1, 0, array, 0);
        records.append(log(), 2, 100);
        records.appendPart(log(), 3, 100, array, 7);
        records.appendPart(log(), 4, 70_000, array, 5_000);
        records.sync(log());
        records.appendPart(log(), 5, 300, array, 79_000);
        records.sync(log());
        records.assertIn(log());
    }

    @Test
    void aRecordIsNotThereBeforeItIsSynced() {
        records.write(log(), 1, 2, 10);
        log().append(3, LogRecords.transaction(3, 10));
        records.assertIn(log());
    }

    @Test
    void readingStartsAfterAnyZxid() {
        records.write(log(), 5, 9, 100);
        log().roll();
        records.write(log(), NEXT_EPOCH + 1, NEXT_EPOCH + 5, 100);
        for (long after :
                new long[] {0, 1, 4, 5, 8, 9, 10, NEXT_EPOCH, NEXT_EPOCH + 3, NEXT_EPOCH + 5, Long.MAX_VALUE}) {
            records.assertReadableIn(log(), after);
        }
    }

    @Test
    void readingStartsAnywhereInALongLog() {
        for (int batch = 0; batch < 200; batch++) {
            for (int i = 1; i <= 10; i++) {
                records.append(log(), batch * 10 + i, 200);
            }
            records.sync(log());
        }
        for (long after = 0; after <= 2_000; after += 37) {
            records.assertReadableIn(log(), after);
        }
    }

    @Test
    void anEmptyReaderSeesWhatIsSyncedLaterWhenAskedAgain() {
        try (LogReader reader = log().read(0)) {
            assertFalse(reader.next());
        }
        records.write(log(), 1, 1, 10);
        try (LogReader reader = log().read(0)) {
            assertTrue(reader.next());
            assertEquals(1, reader.zxid());
        }
    }

    @Test
    void aZxidThatIsNotGreaterIsRefused() {
        records.write(log(), 5, 5, 10);
        assertThrows(RuntimeException.class, () -> log().append(5, LogRecords.transaction(5, 1)));
        assertThrows(RuntimeException.class, () -> log().append(4, LogRecords.transaction(4, 1)));
        records.assertIn(log());
    }

    @Test
    void anOrderlyStopKeepsEverythingSynced() {
        records.write(log(), 1, 20, 100);
        fixture().reopen();
        records.assertIn(log());
        assertTrue(
                storage().repairs().isEmpty(),
                () -> "after a clean stop: " + storage().repairs());
        records.write(log(), 21, 30, 100);
        fixture().reopen();
        records.assertIn(log());
    }

    @Test
    void everySyncSurvivesACrash() {
        needs(StorageCapability.CRASH);
        for (int round = 0; round < 30; round++) {
            long first = records.lastZxid() + 1;
            for (long zxid = first; zxid < first + 1 + round % 4; zxid++) {
                records.append(log(), zxid, 10 + 300 * round);
            }
            records.sync(log());
            fixture().crash();
            records.assertIn(log());
        }
    }

    @Test
    void whatWasNotSyncedMayGoButHarmsNothing() {
        needs(StorageCapability.CRASH);
        for (int round = 0; round < 30; round++) {
            long first = records.lastZxid() + 1;
            records.write(log(), first, first + 2, 100);
            records.append(log(), first + 3, 2_000);
            fixture().crash();
            records.settle(log());
            records.assertIn(log());
        }
    }

    @Test
    void aCutRemovesEverythingAfterItForGood() {
        records.write(log(), 1, 50, 100);
        records.truncateAfter(log(), 30);
        records.assertIn(log());
        fixture().reopen();
        records.assertIn(log());
        // Shorter and longer than what stood there: nothing of the old end may show through.
        records.write(log(), NEXT_EPOCH + 1, NEXT_EPOCH + 3, 60);
        records.assertIn(log());
        fixture().reopen();
        records.assertIn(log());
        records.write(log(), NEXT_EPOCH + 4, NEXT_EPOCH + 40, 100);
        fixture().reopen();
        records.assertIn(log());
    }

    @Test
    void aCutIsPossibleWithinOneSyncAndAcrossFiles() {
        for (long zxid = 1; zxid <= 10; zxid++) {
            records.append(log(), zxid, 100);
        }
        records.sync(log());
        log().roll();
        records.write(log(), 11, 20, 1_000);
        log().roll();
        records.write(log(), 21, 30, 1_000);
        records.truncateAfter(log(), 25);
        records.assertIn(log());
        records.truncateAfter(log(), 20);
        records.assertIn(log());
        records.truncateAfter(log(), 4);
        records.assertIn(log());
        records.write(log(), 5, 40, 500);
        fixture().reopen();
        records.assertIn(log());
    }

    @Test
    void aCutIsDurable() {
        needs(StorageCapability.CRASH);
        records.write(log(), 1, 50, 200);
        records.truncateAfter(log(), 17);
        fixture().crash();
        records.assertIn(log());
        records.write(log(), 18, 20, 300);
        fixture().crash();
        records.assertIn(log());
    }

    @Test
    void aCutAfterZeroEmptiesTheLog() {
        records.write(log(), 1, 50, 200);
        records.truncateAfter(log(), 0);
        records.assertIn(log());
        fixture().reopen();
        records.assertIn(log());
        records.write(log(), 3, 7, 20);
        fixture().reopen();
        records.assertIn(log());
    }

    @Test
    void aCutAfterTheLastRecordChangesNothing() {
        records.write(log(), 1, 5, 200);
        records.truncateAfter(log(), 5);
        records.assertIn(log());
        records.write(log(), 6, 8, 200);
        fixture().reopen();
        records.assertIn(log());
    }

    @Test
    void aCutAfterAZxidThatIsNotThereIsRefused() {
        records.write(log(), 10, 12, 20);
        records.write(log(), NEXT_EPOCH + 1, NEXT_EPOCH + 2, 20);
        assertThrows(StorageException.class, () -> log().truncateAfter(NEXT_EPOCH + 3));
        assertThrows(StorageException.class, () -> log().truncateAfter(13));
        assertThrows(StorageException.class, () -> log().truncateAfter(7));
        records.assertIn(log());
        records.write(log(), NEXT_EPOCH + 3, NEXT_EPOCH + 5, 20);
        records.assertIn(log());
    }

    @Test
    void rollingAndPurgingKeepWhatIsNeeded() {
        for (int part = 0; part < 6; part++) {
            records.write(log(), part * 20 + 1, part * 20 + 20, 500);
            log().roll();
        }
        log().purgeBefore(0);
        records.assertIn(log());
        for (long zxid : new long[] {1, 30, 61, 80, 81}) {
            log().purgeBefore(zxid);
            records.purgedBefore(zxid);
            assertTrue(log().firstZxid() <= zxid, "the purge has gone too far");
            records.assertEndOf(log());
        }
        fixture().reopen();
        records.assertEndOf(log());
        records.write(log(), 200, 220, 500);
        records.assertEndOf(log());
    }

    @Test
    void aReaderCanRunWhileTheLogIsWritten() throws Exception {
        int count = 3_000;
        AtomicBoolean done = new AtomicBoolean();
        TransactionLog log = log();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            boolean last;
            do {
                last = done.get();
                readWithoutGap(log);
            } while (!last);
        });
        try {
            for (int zxid = 1; zxid <= count; zxid++) {
                log.append(zxid, LogRecords.transaction(zxid, 40));
                if (zxid % 7 == 0) {
                    log.sync();
                }
                if (zxid % 500 == 0) {
                    log.roll();
                }
            }
            log.sync();
        } finally {
            done.set(true);
        }
        reading.get();
        assertEquals(count, log.lastZxid());
    }

    private static void readWithoutGap(TransactionLog log) {
        long durable = log.lastZxid();
        long expected = 0;
        try (LogReader reader = log.read(0)) {
            while (reader.next()) {
                expected++;
                assertEquals(expected, reader.zxid());
                assertEquals(java.nio.ByteBuffer.wrap(LogRecords.transaction(expected, 40)), reader.record());
            }
        }
        assertTrue(expected >= durable, "the reader has not seen all that was durable when it began");
    }

    @Test
    void aFailedWriteIsReportedAndFinal() {
        needs(StorageCapability.FAIL_WRITES);
        records.write(log(), 1, 5, 100);
        fixture().failWrites();
        TransactionLog log = log();
        assertThrows(StorageException.class, () -> {
            log.append(6, LogRecords.transaction(6, 100));
            log.sync();
        });
        assertEquals(5, log.lastZxid(), "what was not synced must not count");
        assertThrows(StorageException.class, () -> {
            log.append(7, LogRecords.transaction(7, 100));
            log.sync();
        });
    }

    @Test
    void aFailedWriteLosesNothingSynced() {
        needs(StorageCapability.FAIL_WRITES);
        needs(StorageCapability.CRASH);
        records.write(log(), 1, 5, 100);
        fixture().failWrites();
        assertThrows(StorageException.class, () -> {
            records.append(log(), 6, 100);
            log().sync();
        });
        fixture().crash();
        records.settle(log());
        records.assertIn(log());
    }

    @Test
    void aFailedCutIsReported() {
        needs(StorageCapability.FAIL_WRITES);
        records.write(log(), 1, 50, 100);
        fixture().failWrites();
        assertThrows(StorageException.class, () -> log().truncateAfter(20));
    }

    @Test
    void aDamagedRecordIsNeverServedAndNeverCutAway() {
        needs(StorageCapability.DAMAGE);
        // Far from the end: a store that writes its last block again would undo the damage there.
        records.write(log(), 1, 20, 1000);
        fixture().damage(LogRecords.record(10, 1000));
        assertThrows(CorruptStorageException.class, () -> {
            fixture().reopen();
            records.assertIn(log());
        });
    }

    @Test
    void theLastRecordIsNoLessProtectedAfterAnOrderlyStop() {
        needs(StorageCapability.DAMAGE);
        records.write(log(), 1, 20, 100);
        fixture().reopen();
        fixture().damage(LogRecords.record(20, 100));
        assertThrows(CorruptStorageException.class, () -> {
            fixture().reopen();
            records.assertIn(log());
        });
    }

    @Test
    void anyHistoryOfCallsIsKept() {
        boolean crashes = fixture().capabilities().contains(StorageCapability.CRASH);
        for (long seed = 1; seed <= 8; seed++) {
            if (seed > 1) {
                records.truncateAfter(log(), 0);
            }
            Random random = new Random(seed);
            for (int step = 0; step < 150; step++) {
                try {
                    randomStep(random, crashes);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", step " + step, e);
                }
            }
        }
    }

    private void randomStep(Random random, boolean crashes) {
        int choice = random.nextInt(100);
        if (choice < 70) {
            long zxid = records.lastZxid() + (random.nextInt(10) == 0 ? NEXT_EPOCH : 1);
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                records.append(log(), zxid + i, random.nextInt(900));
            }
            records.sync(log());
        } else if (choice < 78) {
            log().roll();
        } else if (choice < 83) {
            records.truncateAfter(log(), records.zxidAt(random.nextDouble()));
            records.assertEndOf(log());
        } else if (choice < 88) {
            long zxid = records.zxidAt(random.nextDouble());
            log().purgeBefore(zxid);
            records.purgedBefore(zxid);
        } else if (choice < 94) {
            fixture().reopen();
            records.assertEndOf(log());
        } else if (crashes) {
            records.append(log(), records.lastZxid() + 1, random.nextInt(3_000));
            fixture().crash();
            records.settle(log());
            records.assertEndOf(log());
        }
    }
}
