package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link SnapshotStore} does: a snapshot is there as a whole and as it was written, or not at all. */
public abstract class SnapshotStoreContract extends StorageContract {
    private static final byte[] MARKED = LogRecords.record(4711, 64);

    /** A contract is extended, with one method to implement. */
    protected SnapshotStoreContract() {}

    private SnapshotStore snapshots() {
        return storage().snapshots();
    }

    private void write(long zxid, int nodes) {
        try (SnapshotWriter writer = snapshots().write(zxid)) {
            WrittenSnapshot.writeRandom(zxid, nodes, writer);
        }
    }

    private void assertReadable(long zxid, int nodes) {
        WrittenSnapshot expected = new WrittenSnapshot();
        WrittenSnapshot.writeRandom(zxid, nodes, expected);
        assertEquals(expected.calls(), read(zxid).calls());
    }

    private WrittenSnapshot read(long zxid) {
        WrittenSnapshot found = new WrittenSnapshot();
        snapshots().read(zxid, found);
        return found;
    }

    @Test
    void aNewStoreHasNoSnapshots() {
        assertEquals(List.of(), snapshots().zxids());
        assertEquals(0, snapshots().retain(3));
        assertThrows(StorageException.class, () -> read(1));
    }

    @Test
    void aSnapshotIsReadAsItWasWritten() {
        write(7, 500);
        assertReadable(7, 500);
        fixture().reopen();
        assertReadable(7, 500);
    }

    @Test
    void aLargeSnapshotIsReadAsItWasWritten() {
        write(8, 20_000);
        fixture().reopen();
        assertReadable(8, 20_000);
    }

    @Test
    void aSnapshotOfNothingIsASnapshot() {
        try (SnapshotWriter writer = snapshots().write(0)) {
            writer.end(null);
        }
        WrittenSnapshot expected = new WrittenSnapshot();
        expected.end(null);
        assertEquals(expected.calls(), read(0).calls());
        assertEquals(List.of(0L), snapshots().zxids());
    }

    @Test
    void dataOfEverySizeIsKept() {
        int[] sizes = {0, 1, 30_000, 32_000, 32_500, 32_600, 32_700, 33_000, 65_536, 1_000_000, 5, 3_000_000, 1};
        WrittenSnapshot expected = new WrittenSnapshot();
        Random random = new Random(1);
        try (SnapshotWriter writer = snapshots().write(5)) {
            for (int size : sizes) {
                ByteBuffer data = ByteBuffer.wrap(LogRecords.record(size, size + 4), 2, size);
                var stat = WrittenSnapshot.stat(random);
                writer.node("/size" + size, data, Acl.READ_UNSAFE, stat);
                expected.node("/size" + size, data, Acl.READ_UNSAFE, stat);
            }
            writer.end(0L);
            expected.end(0L);
        }
        assertEquals(expected.calls(), read(5).calls());
    }

    @Test
    void longPathsAndAccessListsAreKept() {
        WrittenSnapshot expected = new WrittenSnapshot();
        Random random = new Random(2);
        Acl[] entries = new Acl[3_000];
        Arrays.setAll(entries, i -> WrittenSnapshot.someAcl(4 * i + 1).get(0));
        try (SnapshotWriter writer = snapshots().write(5)) {
            for (List<Acl> acl : List.of(List.<Acl>of(), List.of(entries), Acl.OPEN_UNSAFE, List.of(entries.clone()))) {
                var stat = WrittenSnapshot.stat(random);
                writer.node("/" + "p".repeat(100_000), null, acl, stat);
                expected.node("/" + "p".repeat(100_000), null, acl, stat);
            }
            writer.end(-1L);
            expected.end(-1L);
        }
        assertEquals(expected.calls(), read(5).calls());
    }

    @Test
    void snapshotsAreListedNewestFirst() {
        write(0x10, 1);
        write(0x2_0000_0001L, 1);
        write(0x9, 1);
        assertEquals(List.of(0x2_0000_0001L, 0x10L, 0x9L), snapshots().zxids());
        fixture().reopen();
        assertEquals(List.of(0x2_0000_0001L, 0x10L, 0x9L), snapshots().zxids());
        assertReadable(0x10, 1);
    }

    @Test
    void aSnapshotIsNotThereBeforeItsEnd() {
        write(1, 10);
        try (SnapshotWriter writer = snapshots().write(2)) {
            WrittenSnapshot.writeNodes(new Random(3), 2_000, writer);
            assertEquals(List.of(1L), snapshots().zxids());
            assertReadable(1, 10);
        }
        assertEquals(List.of(1L), snapshots().zxids());
        fixture().reopen();
        assertEquals(List.of(1L), snapshots().zxids());
        write(2, 10);
        assertReadable(2, 10);
    }

    @Test
    void aCompleteSnapshotSurvivesACrash() {
        needs(StorageCapability.CRASH);
        for (long zxid = 1; zxid <= 10; zxid++) {
            write(zxid, (int) zxid * 100);
            fixture().crash();
            assertReadable(zxid, (int) zxid * 100);
        }
    }

    @Test
    void anIncompleteSnapshotDoesNotSurviveACrash() {
        needs(StorageCapability.CRASH);
        write(1, 10);
        SnapshotWriter writer = snapshots().write(2);
        WrittenSnapshot.writeNodes(new Random(3), 5_000, writer);
        fixture().crash();
        assertEquals(List.of(1L), snapshots().zxids());
        assertReadable(1, 10);
    }

    @Test
    void theLaterSnapshotOfOneZxidCounts() {
        try (SnapshotWriter writer = snapshots().write(6)) {
            WrittenSnapshot.writeRandom(99, 50, writer);
        }
        write(6, 20);
        assertReadable(6, 20);
        fixture().reopen();
        assertReadable(6, 20);
    }

    @Test
    void theNewestAreRetained() {
        for (long zxid = 1; zxid <= 6; zxid++) {
            write(zxid * 10, 20);
        }
        assertEquals(10, snapshots().retain(9));
        assertEquals(40, snapshots().retain(3));
        assertEquals(List.of(60L, 50L, 40L), snapshots().zxids());
        fixture().reopen();
        assertEquals(List.of(60L, 50L, 40L), snapshots().zxids());
        assertEquals(60, snapshots().retain(1));
        assertReadable(60, 20);
        assertThrows(RuntimeException.class, () -> snapshots().retain(0));
    }

    @Test
    void aFailedWriteIsReportedAndLeavesTheOldSnapshot() {
        needs(StorageCapability.FAIL_WRITES);
        needs(StorageCapability.CRASH);
        write(1, 10);
        fixture().failWrites();
        assertThrows(StorageException.class, () -> write(2, 1_000));
        fixture().crash();
        assertEquals(List.of(1L), snapshots().zxids());
        assertReadable(1, 10);
    }

    @Test
    void aDamagedSnapshotIsNotServed() {
        needs(StorageCapability.DAMAGE);
        writeMarked(1);
        fixture().damage(MARKED);
        assertThrows(CorruptStorageException.class, () -> read(1));
        fixture().reopen();
        assertThrows(CorruptStorageException.class, () -> read(1));
    }

    @Test
    void aDamagedSnapshotDoesNotCountAsRetained() {
        needs(StorageCapability.DAMAGE);
        write(1, 10);
        write(2, 10);
        writeMarked(3);
        fixture().reopen();
        fixture().damage(MARKED);
        assertEquals(1, snapshots().retain(2));
        assertReadable(1, 10);
        assertReadable(2, 10);
        assertTrue(snapshots().retain(1) < 3, "the damaged snapshot was counted");
        assertReadable(2, 10);
    }

    private void writeMarked(long zxid) {
        try (SnapshotWriter writer = snapshots().write(zxid)) {
            Random random = new Random(zxid);
            WrittenSnapshot.writeNodes(random, 500, writer);
            writer.node("/marked", ByteBuffer.wrap(MARKED), Acl.OPEN_UNSAFE, WrittenSnapshot.stat(random));
            WrittenSnapshot.writeNodes(random, 500, writer);
            writer.end(null);
        }
    }
}
