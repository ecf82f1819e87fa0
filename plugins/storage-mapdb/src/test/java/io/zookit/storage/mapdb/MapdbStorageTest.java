package io.zookit.storage.mapdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.disk.DiskCalls;
import io.zookit.spi.Setting;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import io.zookit.tck.PluginUnderTest;
import io.zookit.tck.SimulatedDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MapdbStorageTest {
    private final SimulatedDisk disk = new SimulatedDisk();

    private static void write(Storage storage, long zxid) {
        storage.log().append(zxid, new byte[100]);
        storage.log().sync();
    }

    @Test
    void aSecondServerIsKeptOut(@TempDir Path directory) {
        Storage first = create(directory, directory);
        first.open();
        Storage second = create(directory, directory);
        StorageException e = assertThrows(StorageException.class, second::open);
        assertTrue(e.getMessage().contains("in use by another server"), e.getMessage());
        assertTrue(e.getMessage().contains(directory.toString()), e.getMessage());
        second.close();
        write(first, 1);
        first.close();
        try (Storage third = create(directory, directory)) {
            third.open();
            assertEquals(1, third.log().lastZxid());
        }
    }

    @Test
    void theRoomLeftIsWhatTheDiskSaysIfItSaysIt() {
        try (MapdbStorage storage = Storages.openOn(disk)) {
            disk.usableBytes(12_345);
            assertEquals(12_345, storage.usableBytes());
        }
        assertThrows(IllegalStateException.class, () -> Storages.on(disk).usableBytes());
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Storage storage = create(directory, file);
        StorageException e = assertThrows(StorageException.class, storage::open);
        assertTrue(e.getMessage().contains("cannot create and write " + file.resolve("mapdb-1")), e.getMessage());
        storage.close();
        try (Storage other = create(directory, directory)) {
            other.open();
        }
    }

    @Test
    void logAndSnapshotsLieWhereTheyAreConfigured(@TempDir Path directory) {
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        try (Storage storage = create(data, log)) {
            storage.open();
            write(storage, 0x1_0000_0001L);
            storage.values().put("currentEpoch", new byte[] {1});
            try (SnapshotWriter writer = storage.snapshots().write(0)) {
                writer.end(null);
            }
            assertTrue(Files.exists(log.resolve("mapdb-1/log.0000000100000001")));
            assertTrue(Files.exists(data.resolve("mapdb-1/value.currentEpoch")));
            assertTrue(Files.exists(data.resolve("mapdb-1/snapshot.0000000000000000")));
            assertTrue(storage.location().contains(data.toString())
                    && storage.location().contains(log.toString()));
        }
    }

    @Test
    void theSameDirectoryByAnotherPathIsOneDirectory(@TempDir Path directory) throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (Storage storage = create(real, link)) {
            storage.open();
            write(storage, 1);
        }
    }

    @Test
    void unfinishedFilesAreRemoved() {
        Storages.openOn(disk).close();
        Path left = Storages.snapshotFile(9).resolveSibling("unfinished.snapshot.0000000000000009");
        DiskVolume.open(disk, left, DiskCalls.Access.CREATE).close();
        try (MapdbStorage storage = Storages.openOn(disk)) {
            assertFalse(disk.files().contains(left));
            assertEquals(0, storage.snapshots().zxids().size());
        }
    }

    @Test
    void aStopWithoutAFirstWriteLeavesAnEmptyLog() {
        Storages.openOn(disk).close();
        try (MapdbStorage storage = Storages.openOn(disk)) {
            assertEquals(0, storage.log().lastZxid());
        }
    }

    @Test
    void openingAndClosingDoesNotGrowTheLog() {
        try (MapdbStorage storage = Storages.openOn(disk)) {
            write(storage, 1);
        }
        byte[] content = disk.content(Storages.logFile(1));
        Storages.openOn(disk).close();
        Storages.openOn(disk).close();
        org.junit.jupiter.api.Assertions.assertArrayEquals(content, disk.content(Storages.logFile(1)));
    }

    @Test
    void oneSyncIsOneWriteAndOneForce() {
        try (MapdbStorage storage = Storages.openOn(disk)) {
            write(storage, 1);
            int calls = disk.calls();
            int forces = disk.forces();
            for (int zxid = 2; zxid <= 11; zxid++) {
                storage.log().append(zxid, new byte[50]);
            }
            storage.log().sync();
            assertEquals(2, disk.calls() - calls);
            assertEquals(1, disk.forces() - forces);
            storage.log().sync();
            assertEquals(2, disk.calls() - calls);
        }
    }

    @Test
    void forcesCanBeSwitchedOff() {
        LogOptions options = new LogOptions(Storages.SEGMENT_BYTES, false, 1_000);
        MapdbStorage storage = Storages.with(disk, options);
        storage.open();
        write(storage, 1);
        int forces = disk.forces();
        for (int zxid = 2; zxid <= 20; zxid++) {
            write(storage, zxid);
        }
        assertEquals(forces, disk.forces());
        storage.close();
        try (MapdbStorage again = Storages.openOn(disk)) {
            assertEquals(20, again.log().lastZxid());
        }
    }

    @Test
    void withoutForcesALossOfPowerStillLeavesABeginning() {
        LogOptions options = new LogOptions(Storages.SEGMENT_BYTES, false, 1_000);
        for (int seed = 0; seed < 200; seed++) {
            SimulatedDisk unforced = new SimulatedDisk();
            MapdbStorage storage = Storages.with(unforced, options);
            storage.open();
            for (int zxid = 1; zxid <= 40; zxid++) {
                storage.log().append(zxid, new byte[1 + zxid * 37 % 900]);
                storage.log().sync();
            }
            unforced.cutPowerAt(0);
            SimulatedDisk found = unforced.afterPowerLoss(new java.util.Random(seed));
            try (MapdbStorage again = Storages.with(found, options)) {
                again.open();
                write(again, 41);
                long last = 0;
                try (var reader = again.log().read(0)) {
                    while (reader.next()) {
                        assertTrue(reader.zxid() == last + 1 || reader.zxid() == 41, "seed " + seed);
                        last = reader.zxid();
                    }
                }
                assertEquals(41, last, "seed " + seed);
            }
        }
    }

    @Test
    void tooLittleSpaceForTheNextLogFileIsReportedBeforeAnythingIsAcknowledged() {
        disk.usableBytes(Storages.SEGMENT_BYTES - 1);
        MapdbStorage storage = Storages.openOn(disk);
        StorageException e = assertThrows(StorageException.class, () -> write(storage, 1));
        assertTrue(e.getMessage().contains("no room for the next log segment in /log/mapdb-1"), e.getMessage());
        assertEquals(0, storage.log().lastZxid());
        storage.close();
    }

    @Test
    void usingAStorageThatIsNotOpenIsOurBug() {
        MapdbStorage storage = Storages.on(disk);
        assertThrows(IllegalStateException.class, storage::log);
        storage.close();
        storage.close();
    }

    @Test
    void itsSettingsAreThoseOfTheStandardConfiguration() {
        MapdbStorageProvider provider = new MapdbStorageProvider();
        assertEquals("mapdb", provider.id());
        assertEquals(
                java.util.List.of("preAllocSize", "forceSync", "fsync.warningthresholdms"),
                provider.settings().stream()
                        .flatMap(setting -> setting.aliases().stream())
                        .toList());
        for (Setting setting : provider.settings()) {
            assertTrue(setting.description().endsWith("."), setting.name());
        }
    }

    private static Storage create(Path data, Path log) {
        return PluginUnderTest.create(new MapdbStorageProvider(), Map.of("preAllocSize", "64"), data, log);
    }
}
