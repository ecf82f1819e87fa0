package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.TransactionLog;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** What a log should hold, beside the log: writes to both and compares them. */
final class LogRecords {
    /** Session id, cxid, zxid, time and type. */
    static final int TRANSACTION_HEADER_BYTES = 32;

    private final NavigableMap<Long, byte[]> synced = new TreeMap<>();
    private final NavigableMap<Long, byte[]> appended = new TreeMap<>();

    /** Bytes that follow from zxid and size, so that a record in the wrong place is noticed. */
    static byte[] record(long zxid, int size) {
        byte[] record = new byte[size];
        new Random(zxid * 31 + size).nextBytes(record);
        return record;
    }

    /** A record as a log takes it: the header of a transaction, whose zxid a storage may look at, and then any bytes. */
    static byte[] transaction(long zxid, int bodySize) {
        byte[] body = record(zxid, bodySize);
        return ByteBuffer.allocate(TRANSACTION_HEADER_BYTES + bodySize)
                .putLong(zxid * 7)
                .putInt(bodySize)
                .putLong(zxid)
                .putLong(zxid * 1_000)
                .putInt(1)
                .put(body)
                .array();
    }

    void append(TransactionLog log, long zxid, int size) {
        byte[] record = transaction(zxid, size);
        log.append(zxid, record);
        appended.put(zxid, record);
    }

    void sync(TransactionLog log) {
        log.sync();
        synced.putAll(appended);
        appended.clear();
    }

    /** Appends and syncs each zxid by itself. */
    void write(TransactionLog log, long first, long last, int size) {
        for (long zxid = first; zxid <= last; zxid++) {
            append(log, zxid, size);
            sync(log);
        }
    }

    /** What is not synced may have come through or not, as a whole: takes over what the log says. */
    void settle(TransactionLog log) {
        long last = log.lastZxid();
        if (!appended.isEmpty() && last >= appended.firstKey()) {
            synced.putAll(appended.headMap(last, true));
        }
        appended.clear();
    }

    void truncateAfter(TransactionLog log, long zxid) {
        log.truncateAfter(zxid);
        synced.tailMap(zxid, false).clear();
    }

    /** Forgets all before a zxid; the log may have more. */
    void purgedBefore(long zxid) {
        synced.headMap(zxid, false).clear();
    }

    long lastZxid() {
        return synced.isEmpty() ? 0 : synced.lastKey();
    }

    /**
     * The zxid of one of the records, 0 when there is none.
     *
     * @param part from 0, the first, to less than 1
     */
    long zxidAt(double part) {
        int index = (int) (part * synced.size());
        return synced.keySet().stream().skip(index).findFirst().orElse(0L);
    }

    /** The log holds exactly this. */
    void assertIn(TransactionLog log) {
        assertEquals(synced.isEmpty() ? 0 : synced.firstKey(), log.firstZxid(), "firstZxid");
        assertReadableIn(log, 0);
    }

    /** From the oldest record of this on, the log holds exactly this. */
    void assertEndOf(TransactionLog log) {
        assertReadableIn(log, synced.isEmpty() ? 0 : synced.firstKey() - 1);
    }

    /** Everything after a zxid is read from the log, in order and to the byte, and nothing else. */
    void assertReadableIn(TransactionLog log, long afterZxid) {
        assertEquals(lastZxid(), log.lastZxid(), "lastZxid");
        try (LogReader reader = log.read(afterZxid)) {
            for (Map.Entry<Long, byte[]> expected :
                    synced.tailMap(afterZxid, false).entrySet()) {
                assertTrue(reader.next(), () -> "the log ends before zxid " + expected.getKey());
                assertEquals(expected.getKey(), reader.zxid(), "zxid of the next record");
                assertArrayEquals(
                        expected.getValue(), bytes(reader.record()), () -> "record of zxid " + expected.getKey());
            }
            assertFalse(reader.next(), "the log has records after its end");
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
