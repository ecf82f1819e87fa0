package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Random calls to a storage, the same for the same seed, and what must be there whenever they are interrupted. */
final class CrashWorkload {
    private final Random random;
    private final NavigableMap<Long, byte[]> synced = new TreeMap<>();
    private final NavigableMap<Long, byte[]> pending = new TreeMap<>();
    // What a cut that has begun wants to be the last record; nothing when none is under way.
    private long cutTarget = Long.MAX_VALUE;
    private long purgedBefore;
    private final NavigableSet<Long> snapshots = new TreeSet<>();
    private long snapshotBegun;
    private byte @Nullable [] value;
    private byte @Nullable [] valueBegun;
    private final boolean batchesAreWhole;

    /**
     * @param batchesAreWhole whether of what was appended for one sync all comes through or nothing
     */
    CrashWorkload(long seed, boolean batchesAreWhole) {
        random = new Random(seed);
        this.batchesAreWhole = batchesAreWhole;
    }

    /** Makes calls until one fails. */
    void run(Storage storage, int steps) {
        for (int step = 0; step < steps; step++) {
            step(storage);
        }
    }

    private void step(Storage storage) {
        int choice = random.nextInt(100);
        if (choice < 60) {
            write(storage);
        } else if (choice < 70) {
            storage.log().roll();
        } else if (choice < 80 && !synced.isEmpty()) {
            cut(storage);
        } else if (choice < 85 && !synced.isEmpty()) {
            purgedBefore = Math.max(purgedBefore, any());
            storage.log().purgeBefore(purgedBefore);
        } else if (choice < 93) {
            byte[] next = bytes(random.nextInt(1_500));
            valueBegun = next;
            storage.values().put("epoch", next);
            value = next;
        } else {
            snapshot(storage);
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** With the header of a transaction, whose zxid a storage may look at. */
    private byte[] transaction(long zxid, int bodySize) {
        return ByteBuffer.wrap(bytes(LogRecords.TRANSACTION_HEADER_BYTES + bodySize))
                .putLong(12, zxid)
                .array();
    }

    private long any() {
        return synced.keySet().stream()
                .skip(random.nextInt(synced.size()))
                .findFirst()
                .orElseThrow();
    }

    private void write(Storage storage) {
        long zxid = Math.max(synced.isEmpty() ? 0 : synced.lastKey(), purgedBefore);
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            zxid++;
            int size = random.nextInt(30) == 0 ? 10_000 : random.nextInt(1_200);
            pending.put(zxid, transaction(zxid, size));
        }
        pending.forEach(storage.log()::append);
        storage.log().sync();
        synced.putAll(pending);
        pending.clear();
    }

    private void cut(Storage storage) {
        cutTarget = any();
        if (cutTarget < purgedBefore) {
            cutTarget = synced.lastKey();
        }
        storage.log().truncateAfter(cutTarget);
        synced.tailMap(cutTarget, false).clear();
        cutTarget = Long.MAX_VALUE;
    }

    private void snapshot(Storage storage) {
        snapshotBegun = 1 + (snapshots.isEmpty() ? 0 : snapshots.last());
        try (SnapshotWriter writer = storage.snapshots().write(snapshotBegun)) {
            writeSnapshot(snapshotBegun, writer);
        }
        snapshots.add(snapshotBegun);
        if (snapshots.size() > 2) {
            long retainedFrom = snapshots.headSet(snapshots.last()).last();
            // From here on the older ones may be there or not.
            snapshots.headSet(retainedFrom).clear();
            assertEquals(retainedFrom, storage.snapshots().retain(2));
        }
    }

    static void writeSnapshot(long zxid, SnapshotSink sink) {
        Random content = new Random(zxid);
        for (int i = 0; i < 20; i++) {
            byte[] data = new byte[content.nextInt(2_000)];
            content.nextBytes(data);
            sink.node("/" + zxid + "/" + i, ByteBuffer.wrap(data), Acl.OPEN_UNSAFE, stat(i));
        }
        sink.end(zxid);
    }

    private static PersistedStat stat(int i) {
        return new PersistedStat(i, i, i, i, i, i, i, i, i);
    }

    /** Everything that was promised is there, and nothing that was never written. Then takes over what is there. */
    void verify(Storage storage) {
        verifyLog(storage);
        verifySnapshots(storage);
        byte[] found = storage.values().get("epoch");
        if (!Arrays.equals(found, valueBegun)) {
            assertArrayEquals(value, found, "the value is neither the old nor the new one");
        }
        value = found;
        valueBegun = found;
    }

    private void verifyLog(Storage storage) {
        NavigableMap<Long, byte[]> possible = new TreeMap<>(synced);
        possible.putAll(pending);
        List<Long> read = new ArrayList<>();
        try (LogReader reader = storage.log().read(0)) {
            while (reader.next()) {
                byte[] expected = possible.get(reader.zxid());
                byte[] record = new byte[reader.record().remaining()];
                reader.record().get(record);
                assertArrayEquals(expected, record, "record of zxid " + reader.zxid());
                read.add(reader.zxid());
            }
        }
        long last = read.isEmpty() ? 0 : read.get(read.size() - 1);
        assertEquals(last, storage.log().lastZxid());
        assertEquals(read.isEmpty() ? 0 : read.get(0), storage.log().firstZxid());
        List<Long> whole = read.isEmpty()
                ? List.of()
                : List.copyOf(possible.subMap(read.get(0), true, last, true).keySet());
        assertEquals(whole, read, "the log has a hole");
        long lastPromised = synced.isEmpty() ? 0 : Math.min(synced.lastKey(), cutTarget);
        assertTrue(last >= lastPromised, "synced records are lost from " + last + " to " + lastPromised);
        boolean half = last > (synced.isEmpty() ? 0 : synced.lastKey()) && last != possible.lastKey();
        assertFalse(half && batchesAreWhole, "half a batch");
        Long firstPromised = synced.ceilingKey(purgedBefore);
        if (firstPromised != null && firstPromised <= lastPromised) {
            assertTrue(read.get(0) <= firstPromised, "synced records are lost before " + read.get(0));
        }
        possible.tailMap(last, false).clear();
        synced.clear();
        synced.putAll(possible);
        pending.clear();
        cutTarget = Long.MAX_VALUE;
    }

    private void verifySnapshots(Storage storage) {
        List<Long> found = storage.snapshots().zxids();
        assertTrue(found.containsAll(snapshots), () -> "snapshots " + snapshots + " are not all in " + found);
        for (long zxid : found) {
            if (zxid == 0) {
                // A storage may begin with a snapshot of its own, of the state before the first transaction.
                continue;
            }
            assertTrue(zxid <= snapshotBegun, "a snapshot nobody wrote");
            WrittenSnapshot expected = new WrittenSnapshot();
            writeSnapshot(zxid, expected);
            WrittenSnapshot read = new WrittenSnapshot();
            storage.snapshots().read(zxid, read);
            assertEquals(expected.calls(), read.calls(), "snapshot of zxid " + zxid);
        }
        snapshots.clear();
        snapshots.addAll(found);
    }
}
