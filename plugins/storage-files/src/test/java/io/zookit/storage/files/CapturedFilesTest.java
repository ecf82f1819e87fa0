package io.zookit.storage.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFile;
import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import io.zookit.tck.SimulatedDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that Apache ZooKeeper 3.9.5 has written: read as they are, and as they are after all that can happen to them. */
final class CapturedFilesTest {
    private static final int ENTRIES = 0x29;
    private static final int FIRST_ENTRY_BYTES = 12 + 0x30 + 1;

    private SimulatedDisk disk = new SimulatedDisk();

    private static byte[] captured(String name) throws IOException {
        try (InputStream in = CapturedFilesTest.class.getResourceAsStream("/vectors/" + name)) {
            return in.readAllBytes();
        }
    }

    /** Puts files where the storage looks for them. */
    private void put(java.nio.file.Path file, byte[] content) throws IOException {
        disk.createDirectories(file.getParent());
        try (DiskFile created = disk.open(file, DiskCalls.Access.CREATE)) {
            created.write(ByteBuffer.wrap(content), 0);
            created.force();
        }
        disk.forceDirectory(file.getParent());
    }

    private void putLog(byte[] content) throws IOException {
        put(Storages.logFile(1), content);
    }

    private static List<Long> zxids(FilesStorage storage) {
        List<Long> zxids = new ArrayList<>();
        try (LogReader reader = storage.log().read(0)) {
            while (reader.next()) {
                zxids.add(reader.zxid());
            }
        }
        return zxids;
    }

    @Test
    void theLogIsReadAndNotChanged() throws IOException {
        byte[] content = captured("log.1");
        putLog(content);
        try (FilesStorage storage = Storages.openOn(disk)) {
            assertEquals(List.of(), storage.repairs());
            assertEquals(1, storage.log().firstZxid());
            assertEquals(ENTRIES, storage.log().lastZxid());
            assertEquals(ENTRIES, zxids(storage).size());
        }
        assertArrayEquals(content, disk.content(Storages.logFile(1)));
    }

    @Test
    void theLogGoesOnInAFileOfOurs() throws IOException {
        putLog(captured("log.1"));
        try (FilesStorage storage = Storages.openOn(disk)) {
            storage.log()
                    .append(
                            ENTRIES + 1,
                            ByteBuffer.allocate(40).putLong(12, ENTRIES + 1).array());
            storage.log().sync();
        }
        assertTrue(disk.files().contains(Storages.logFile(ENTRIES + 1)));
        try (FilesStorage storage = Storages.openOn(disk)) {
            assertEquals(ENTRIES + 1, zxids(storage).size());
        }
    }

    @Test
    void aLogWithoutItsRoomIsWhole() throws IOException {
        putLog(Arrays.copyOf(captured("log.1"), endOfEntries(captured("log.1"))));
        try (FilesStorage storage = Storages.openOn(disk)) {
            assertEquals(List.of(), storage.repairs());
            assertEquals(ENTRIES, zxids(storage).size());
        }
    }

    private static int endOfEntries(byte[] log) {
        int end = log.length;
        while (log[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Test
    void aTornEndIsCutWherever() throws IOException {
        byte[] log = captured("log.1");
        int end = endOfEntries(log);
        for (int length = LogFormat.HEADER_BYTES + FIRST_ENTRY_BYTES; length < end; length += 7) {
            disk = new SimulatedDisk();
            putLog(Arrays.copyOf(Arrays.copyOf(log, length), log.length));
            long last;
            try (FilesStorage storage = Storages.openOn(disk)) {
                last = storage.log().lastZxid();
                assertEquals(last, zxids(storage).size());
            }
            try (FilesStorage storage = Storages.openOn(disk)) {
                assertEquals(List.of(), storage.repairs(), "it is cut once");
                assertEquals(last, storage.log().lastZxid());
            }
        }
    }

    @Test
    void aDamagedTransactionWithSoundOnesAfterItIsNeverServedAndNeverCut() throws IOException {
        byte[] log = captured("log.1");
        for (int offset = LogFormat.HEADER_BYTES; offset < LogFormat.HEADER_BYTES + FIRST_ENTRY_BYTES; offset++) {
            disk = new SimulatedDisk();
            byte[] damaged = log.clone();
            damaged[offset] ^= 0x55;
            putLog(damaged);
            FilesStorage storage = Storages.on(disk);
            CorruptStorageException refused =
                    assertThrows(CorruptStorageException.class, storage::open, "byte " + offset);
            storage.close();
            assertTrue(String.valueOf(refused.getMessage()).contains("log.1"), refused.getMessage());
            assertArrayEquals(damaged, disk.content(Storages.logFile(1)), "nothing was changed");
        }
    }

    @Test
    void zerosInTheMiddleAreDamage() throws IOException {
        byte[] log = captured("log.1");
        Arrays.fill(log, LogFormat.HEADER_BYTES + FIRST_ENTRY_BYTES, 600, (byte) 0);
        putLog(log);
        FilesStorage storage = Storages.on(disk);
        assertThrows(CorruptStorageException.class, storage::open);
        storage.close();
    }

    @Test
    void aFileThatHasOnlyABeginningIsRemoved() throws IOException {
        putLog(captured("log.1"));
        for (byte[] beginning :
                List.of(new byte[0], new byte[16], Arrays.copyOf(captured("log.1"), 16), new byte[4_000])) {
            put(Storages.logFile(ENTRIES + 1), beginning);
            try (FilesStorage storage = Storages.openOn(disk)) {
                assertEquals(1, storage.repairs().size());
                assertEquals(ENTRIES, storage.log().lastZxid());
            }
            assertFalse(disk.files().contains(Storages.logFile(ENTRIES + 1)));
        }
    }

    @Test
    void aTornEndBeforeAnotherFileIsPassedOverUnlessSomethingIsMissing() throws IOException {
        byte[] log = captured("log.1");
        int end = endOfEntries(log);
        Arrays.fill(log, end - 30, log.length, (byte) 0);
        byte[] next = ByteBuffer.allocate(100).put(LogFormat.header(0)).array();
        ByteBuffer entry = ByteBuffer.wrap(next).position(LogFormat.HEADER_BYTES);
        for (long zxid : new long[] {ENTRIES, ENTRIES + 1}) {
            disk = new SimulatedDisk();
            putLog(log);
            LogFormat.putEntry(
                    entry.duplicate(), ByteBuffer.allocate(40).putLong(12, zxid).array());
            put(Storages.logFile(zxid), next);
            try (FilesStorage storage = Storages.openOn(disk)) {
                if (zxid == ENTRIES) {
                    assertEquals(ENTRIES, zxids(storage).size());
                } else {
                    assertThrows(CorruptStorageException.class, () -> zxids(storage));
                }
            }
        }
    }

    @Test
    void snapshotsAreReadPlainAndPacked() throws IOException {
        put(Storages.snapshotFile(0x29), captured("snapshot.29"));
        List<String> plain = lines(0x29);
        assertEquals("end null", plain.get(plain.size() - 1), "its digest is not taken at its word");
        assertTrue(plain.size() > 5, plain::toString);

        disk = new SimulatedDisk();
        put(packed(".gz"), captured("snapshot.29.gz"));
        assertEquals(plain, lines(0x29));
    }

    private static java.nio.file.Path packed(String packing) {
        return Storages.snapshotFile(0x29).resolveSibling("snapshot.29" + packing);
    }

    @Test
    void aSnapshotThatWentOnWhileItWasWrittenSaysSo() throws IOException {
        put(Storages.snapshotFile(0x20), captured("snapshot.29"));
        List<Long> later = new ArrayList<>();
        try (FilesStorage storage = Storages.openOn(disk)) {
            storage.snapshots().read(0x20, new SnapshotSink() {
                @Override
                public void session(long id, int timeoutMillis) {}

                @Override
                public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {}

                @Override
                public void mayHoldLater(long zxid) {
                    later.add(zxid);
                }

                @Override
                public void end(Long digest) {
                    assertNull(digest);
                }
            });
        }
        assertEquals(List.of(0x29L), later);
    }

    @Test
    void aPackingThatIsNotReadIsRefusedByName() throws IOException {
        put(packed(".snappy"), captured("snapshot.29.snappy"));
        StorageException refused = assertThrows(StorageException.class, () -> lines(0x29));
        assertFalse(refused instanceof CorruptStorageException, "nothing is damaged, so no older one may replace it");
        assertTrue(String.valueOf(refused.getMessage()).contains("snapshot.29.snappy"), refused.getMessage());
    }

    @Test
    void noByteOfASnapshotCanChangeUnnoticed() throws IOException {
        byte[] whole = captured("snapshot.29");
        // The bytes 8 to 15 identify a database and mean nothing to us; the seals cover them all the same.
        for (int offset = 0; offset < whole.length; offset++) {
            disk = new SimulatedDisk();
            byte[] damaged = whole.clone();
            damaged[offset] ^= 0x55;
            put(Storages.snapshotFile(0x29), damaged);
            assertThrows(CorruptStorageException.class, () -> lines(0x29), "byte " + offset);
        }
    }

    @Test
    void aSnapshotThatIsCutShortIsDamagedUnlessAnOlderServerWouldEndThere() throws IOException {
        byte[] whole = captured("snapshot.29");
        int sound = 0;
        for (int length = 0; length < whole.length; length++) {
            disk = new SimulatedDisk();
            put(Storages.snapshotFile(0x29), Arrays.copyOf(whole, length));
            try {
                lines(0x29);
                sound++;
            } catch (CorruptStorageException damaged) {
                assertTrue(String.valueOf(damaged.getMessage()).contains("snapshot.29"), damaged.getMessage());
            }
        }
        assertEquals(2, sound, "behind the first and the second seal");
    }

    @Test
    void aSnapshotIsCopiedWithAllThatIsInIt() throws IOException {
        put(Storages.snapshotFile(0x29), captured("snapshot.29"));
        try (FilesStorage storage = Storages.openOn(disk)) {
            try (SnapshotWriter writer = storage.snapshots().write(0x30)) {
                storage.snapshots().read(0x29, writer);
            }
            assertEquals(linesOf(storage, 0x29), linesOf(storage, 0x30));
        }
    }

    private List<String> lines(long zxid) {
        try (FilesStorage storage = Storages.openOn(disk)) {
            return linesOf(storage, zxid);
        }
    }

    private static List<String> linesOf(FilesStorage storage, long zxid) {
        List<String> lines = new ArrayList<>();
        storage.snapshots().read(zxid, new SnapshotSink() {
            @Override
            public void session(long id, int timeoutMillis) {
                lines.add(id + " " + timeoutMillis);
            }

            @Override
            public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {
                lines.add(path + " " + (data == null ? null : data.duplicate().rewind()) + " " + acl + " " + stat);
            }

            @Override
            public void end(Long digest) {
                lines.add("end " + digest);
                assertNull(digest);
            }
        });
        return lines;
    }
}
