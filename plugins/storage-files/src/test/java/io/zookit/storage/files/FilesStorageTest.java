package io.zookit.storage.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFile;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import io.zookit.tck.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What this storage promises beyond the contracts: the names, the order and the bytes that Apache's server expects. */
final class FilesStorageTest {
    private final SimulatedDisk disk = new SimulatedDisk();

    private static void write(FilesStorage storage, long first, long last) {
        for (long zxid = first; zxid <= last; zxid++) {
            storage.log().append(zxid, ByteBuffer.allocate(60).putLong(12, zxid).array());
            storage.log().sync();
        }
    }

    private static long count(FilesStorage storage) {
        long count = 0;
        try (LogReader reader = storage.log().read(0)) {
            while (reader.next()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void aLogIsPrecededByASnapshotToBeginWith() {
        try (FilesStorage storage = Storages.openOn(disk)) {
            assertEquals(List.of(), storage.snapshots().zxids());
            write(storage, 1, 1);
            assertEquals(List.of(0L), storage.snapshots().zxids());
        }
    }

    @Test
    void theRoomLeftIsWhatTheDiskSaysIfItSaysIt() {
        try (FilesStorage storage = Storages.openOn(disk)) {
            disk.usableBytes(12_345);
            assertEquals(12_345, storage.usableBytes());
        }
        assertThrows(IllegalStateException.class, () -> Storages.on(disk).usableBytes());
    }

    @Test
    void namesHaveNoLeadingZerosAndSizesAreWhatApacheWouldMakeThem() {
        FilesStorage storage = Storages.openOn(disk);
        write(storage, 0x1_0000_001aL, 0x1_0000_001bL);
        Path file = Storages.logFile(0x1_0000_001aL);
        assertEquals("log.10000001a", file.getFileName().toString());
        assertEquals(16 + Storages.OPTIONS.growthBytes(), disk.content(file).length, "header and room");
        storage.close();
        assertEquals(16 + 2 * (12 + 60 + 1), disk.content(file).length, "no room after an orderly end");
    }

    @Test
    void epochsAreTextAndNothingElse() throws IOException {
        try (FilesStorage storage = Storages.openOn(disk)) {
            storage.values().put("currentEpoch", "12".getBytes(US_ASCII));
            storage.values().put("acceptedEpoch", "13".getBytes(US_ASCII));
        }
        Path directory = Storages.DATA.resolve(FilesStorage.DIRECTORY);
        assertArrayEquals("12".getBytes(US_ASCII), disk.content(directory.resolve("currentEpoch")));
        assertArrayEquals("13".getBytes(US_ASCII), disk.content(directory.resolve("acceptedEpoch")));
    }

    @Test
    void aFileOfOursIsDamagedWhereItWasSyncedAndTornOnlyBehind() {
        FilesStorage storage = Storages.openOn(disk);
        write(storage, 1, 4);
        int entryBytes = LogFormat.entryBytes(60);
        for (int entry = 0; entry < 4; entry++) {
            byte[] whole = disk.content(Storages.logFile(1));
            disk.flip(Storages.logFile(1), 16 + entry * entryBytes + 40);
            disk.heal();
            FilesStorage found = Storages.on(disk);
            if (entry < 3) {
                assertThrows(CorruptStorageException.class, found::open, "entry " + entry);
                found.close();
            } else {
                found.open();
                assertEquals(3, count(found), "the power may have failed while the last was written");
                assertEquals(1, found.repairs().size());
                found.close();
                disk.content(Storages.logFile(1), whole);
            }
            if (entry < 3) {
                disk.content(Storages.logFile(1), whole);
            }
        }
    }

    @Test
    void aFileThatSomebodyElseHasCutIsWhole() throws IOException {
        try (FilesStorage storage = Storages.openOn(disk)) {
            write(storage, 1, 4);
        }
        try (DiskFile file = disk.open(Storages.logFile(1), DiskCalls.Access.WRITE)) {
            file.truncate(16 + 2L * LogFormat.entryBytes(60));
            file.force();
        }
        try (FilesStorage storage = Storages.openOn(disk)) {
            assertEquals(2, count(storage));
        }
    }

    @Test
    void aRecordWithAnotherZxidIsABug() {
        try (FilesStorage storage = Storages.openOn(disk)) {
            assertThrows(IllegalStateException.class, () -> storage.log().append(7, new byte[60]));
            assertThrows(IllegalStateException.class, () -> storage.log().append(7, new byte[31]));
        }
    }

    @Test
    void filesInTheWrongOneOfTwoDirectoriesAreRefused() {
        try (FilesStorage storage =
                new FilesStorage(disk, Storages.DATA, Storages.DATA, Storages.OPTIONS, "", ServerClock.system())) {
            storage.open();
            write(storage, 1, 2);
        }
        FilesStorage moved = Storages.on(disk);
        StorageException refused = assertThrows(StorageException.class, moved::open);
        moved.close();
        assertTrue(String.valueOf(refused.getMessage()).contains("dataLogDir"), refused.getMessage());
    }

    @Test
    void aSnapshotReplacesThePackedOneOfItsZxid() throws IOException {
        try (FilesStorage packing =
                new FilesStorage(disk, Storages.DATA, Storages.LOG, Storages.OPTIONS, ".gz", ServerClock.system())) {
            packing.open();
            try (SnapshotWriter writer = packing.snapshots().write(5)) {
                writer.end(1L);
            }
        }
        try (FilesStorage storage = Storages.openOn(disk)) {
            try (SnapshotWriter writer = storage.snapshots().write(5)) {
                writer.end(2L);
            }
            assertEquals(List.of(5L), storage.snapshots().zxids());
        }
        long snapshots = disk.files().stream()
                .filter(file -> file.getFileName().toString().startsWith("snapshot."))
                .count();
        assertEquals(1, snapshots);
    }
}
