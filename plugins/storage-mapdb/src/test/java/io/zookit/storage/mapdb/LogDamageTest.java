package io.zookit.storage.mapdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.tck.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of the log that change after they were synced: the storage says where, and neither serves nor cuts them. */
final class LogDamageTest {
    private static final int RECORDS = 12;
    private static final int RECORD_BYTES = 700;

    private static byte[] record(long zxid) {
        byte[] record = new byte[RECORD_BYTES];
        new Random(zxid).nextBytes(record);
        return record;
    }

    /** A log of two segments, closed in order or left as a failed power leaves it. */
    private static SimulatedDisk disk(boolean orderly) {
        SimulatedDisk disk = new SimulatedDisk();
        MapdbStorage storage = Storages.openOn(disk);
        for (long zxid = 1; zxid <= RECORDS; zxid++) {
            if (zxid == 7) {
                storage.log().roll();
            }
            storage.log().append(zxid, record(zxid));
            storage.log().sync();
        }
        if (orderly) {
            storage.close();
            return disk;
        }
        disk.cutPowerAt(0);
        return disk.afterPowerLoss(new Random(1));
    }

    /** Opens and reads everything; answers the last zxid read. */
    private static long readAll(SimulatedDisk disk) {
        MapdbStorage storage = Storages.on(disk);
        try {
            storage.open();
            long last = 0;
            try (LogReader reader = storage.log().read(0)) {
                while (reader.next()) {
                    last = reader.zxid();
                    byte[] record = new byte[reader.record().remaining()];
                    reader.record().get(record);
                    assertArrayEquals(record(last), record);
                }
            }
            assertEquals(last, storage.log().lastZxid());
            return last;
        } finally {
            storage.close();
        }
    }

    private static int usedLength(byte[] content) {
        int length = content.length;
        while (content[length - 1] == 0) {
            length--;
        }
        return length;
    }

    @Test
    void aChangedByteAnywhereIsFoundAfterAnOrderlyStop() {
        for (Path file : new Path[] {Storages.logFile(1), Storages.logFile(7)}) {
            SimulatedDisk disk = disk(true);
            byte[] content = disk.content(file);
            int sealBytes = file.equals(Storages.logFile(7)) ? FrameLayout.HEADER_BYTES : 0;
            for (int offset = 0; offset < usedLength(content) - sealBytes; offset++) {
                disk.flip(file, offset);
                CorruptStorageException e = assertThrows(
                        CorruptStorageException.class,
                        () -> readAll(disk),
                        "a changed byte at " + offset + " of " + file);
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
                assertTrue(e.getMessage().contains("offset "), e.getMessage());
                disk.content(file, content);
            }
            assertEquals(RECORDS, readAll(disk));
        }
    }

    @Test
    void aChangedByteNeverChangesWhatIsServed() {
        SimulatedDisk disk = disk(false);
        Path last = Storages.logFile(7);
        byte[] content = disk.content(last);
        for (int offset = 0; offset < usedLength(content); offset += 3) {
            disk.flip(last, offset);
            try {
                // Only the last frame of a log that was not closed can be taken for an unfinished write.
                assertTrue(readAll(disk) >= RECORDS - 1, "a changed byte at " + offset + " has cut the log");
            } catch (CorruptStorageException e) {
                assertTrue(e.getMessage().contains(last.toString()), e.getMessage());
            }
            disk.content(last, content);
        }
    }

    @Test
    void theDamagedOffsetIsNamed() {
        SimulatedDisk disk = disk(true);
        int frame = FrameLayout.padded(FrameLayout.HEADER_BYTES + FrameLayout.RECORD_HEADER_BYTES + RECORD_BYTES);
        int offset = SegmentHeader.BYTES + 2 * frame;
        disk.flip(Storages.logFile(7), offset + 100);
        MapdbStorage storage = Storages.on(disk);
        CorruptStorageException e = assertThrows(CorruptStorageException.class, storage::open);
        storage.close();
        assertTrue(
                e.getMessage().contains("log.0000000000000007 is damaged at offset " + offset + ":"), e.getMessage());
        assertTrue(e.getMessage().contains("restore the file from a backup"), e.getMessage());
    }

    @Test
    void aMissingFileInTheMiddleIsFound() throws IOException {
        SimulatedDisk disk = disk(true);
        try (MapdbStorage storage = Storages.openOn(disk)) {
            storage.log().roll();
            storage.log().append(RECORDS + 1, record(RECORDS + 1));
            storage.log().sync();
        }
        disk.delete(Storages.logFile(7));
        CorruptStorageException e = assertThrows(CorruptStorageException.class, () -> readAll(disk));
        assertTrue(e.getMessage().contains("log.0000000000000007, which is missing"), e.getMessage());
    }

    @Test
    void anEmptyOrShortenedFileIsFound() {
        for (Path file : new Path[] {Storages.logFile(1), Storages.logFile(7)}) {
            SimulatedDisk disk = disk(true);
            byte[] content = disk.content(file);
            for (int length : new int[] {0, 1, 63}) {
                disk.content(file, Arrays.copyOf(content, length));
                assertThrows(CorruptStorageException.class, () -> readAll(disk), file + " cut to " + length);
            }
            disk.content(file, new byte[content.length]);
            assertThrows(CorruptStorageException.class, () -> readAll(disk), file + " all zero");
        }
        SimulatedDisk disk = disk(true);
        byte[] content = disk.content(Storages.logFile(1));
        for (int length = 64; length < content.length; length += 50) {
            disk.content(Storages.logFile(1), Arrays.copyOf(content, length));
            assertThrows(CorruptStorageException.class, () -> readAll(disk), "cut to " + length);
        }
    }

    @Test
    void aFileUnderAnotherNameIsFound() throws IOException {
        SimulatedDisk disk = disk(true);
        disk.rename(Storages.logFile(7), Storages.logFile(8));
        assertThrows(CorruptStorageException.class, () -> readAll(disk));
    }

    @Test
    void aFileOfANewerFormatIsNotCalledDamaged() {
        SimulatedDisk disk = disk(true);
        byte[] content = disk.content(Storages.logFile(1));
        content[11] = 2;
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(content, 0, 60);
        java.nio.ByteBuffer.wrap(content).putInt(60, (int) crc.getValue());
        disk.content(Storages.logFile(1), content);
        StorageException e = assertThrows(StorageException.class, () -> readAll(disk));
        assertFalse(e instanceof CorruptStorageException, e.getMessage());
        assertTrue(e.getMessage().contains("log format 2"), e.getMessage());
    }

    @Test
    void aTornEndIsCutAndReported() {
        SimulatedDisk disk = disk(false);
        byte[] content = disk.content(Storages.logFile(7));
        int frame = FrameLayout.padded(FrameLayout.HEADER_BYTES + FrameLayout.RECORD_HEADER_BYTES + RECORD_BYTES);
        int lastFrame = SegmentHeader.BYTES + 5 * frame;
        // Its first sector did not come through, its last did.
        Arrays.fill(content, lastFrame, lastFrame + 400, (byte) 0);
        disk.content(Storages.logFile(7), content);
        try (MapdbStorage storage = Storages.openOn(disk)) {
            assertEquals(RECORDS - 1, storage.log().lastZxid());
            assertEquals(1, storage.repairs().size());
            assertTrue(
                    storage.repairs().get(0).contains("bytes of an unfinished write at offset " + lastFrame),
                    () -> storage.repairs().toString());
            storage.log().append(RECORDS, new byte[0]);
            storage.log().sync();
        }
        try (MapdbStorage storage = Storages.openOn(disk)) {
            assertEquals(0, storage.repairs().size());
            assertEquals(RECORDS, storage.log().lastZxid());
        }
    }
}
