package io.zookit.tck;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A log as the contract has it, in memory. Safe for all threads. */
final class ExactLog implements TransactionLog {
    private record Entry(long zxid, ExactBytes bytes) {}

    private final ExactMedium medium;
    private final List<Entry> durable = new ArrayList<>();
    private final List<Entry> appended = new ArrayList<>();
    private int forcedCount;
    private long purgedZxid;

    ExactLog(ExactMedium medium) {
        this.medium = medium;
    }

    @Override
    public synchronized long firstZxid() {
        return durable.isEmpty() ? 0 : durable.get(0).zxid();
    }

    @Override
    public synchronized long lastZxid() {
        return last(durable, 0);
    }

    @Override
    public synchronized void append(long zxid, byte[] record) {
        if (zxid <= last(appended, last(durable, purgedZxid))) {
            throw new IllegalStateException("zxid " + zxid + " is not greater");
        }
        medium.requireWritable();
        appended.add(new Entry(zxid, new ExactBytes(record)));
    }

    @Override
    public synchronized void sync() {
        medium.requireWritable();
        durable.addAll(appended);
        appended.clear();
        if (!medium.isLying()) {
            forcedCount = durable.size();
        }
    }

    @Override
    public synchronized LogReader read(long afterZxid) {
        return new Reader(List.copyOf(durable.subList(countUpTo(afterZxid), durable.size())));
    }

    @Override
    public synchronized void truncateAfter(long zxid) {
        medium.requireWritable();
        int kept = countUpTo(zxid);
        long end = kept == 0 ? purgedZxid : durable.get(kept - 1).zxid();
        if (zxid != 0 && zxid != end) {
            throw new StorageException("the log has no zxid " + zxid, null);
        }
        durable.subList(kept, durable.size()).clear();
        forcedCount = kept;
        purgedZxid = zxid == 0 ? 0 : purgedZxid;
    }

    @Override
    public void roll() {
        // There are no files.
    }

    @Override
    public synchronized void purgeBefore(long zxid) {
        // The last one stays: it says where the log ends.
        int count = Math.min(countUpTo(zxid - 1), durable.size() - 1);
        if (count > 0) {
            purgedZxid = durable.get(count - 1).zxid();
            durable.subList(0, count).clear();
            forcedCount = Math.max(0, forcedCount - count);
        }
    }

    synchronized void loseUnsynced() {
        appended.clear();
    }

    synchronized void loseUnforced() {
        durable.subList(forcedCount, durable.size()).clear();
    }

    synchronized boolean damage(byte[] content) {
        return durable.stream().anyMatch(entry -> entry.bytes().damage(content));
    }

    private int countUpTo(long zxid) {
        return (int) durable.stream().filter(entry -> entry.zxid() <= zxid).count();
    }

    private static long last(List<Entry> entries, long otherwise) {
        return entries.isEmpty() ? otherwise : entries.get(entries.size() - 1).zxid();
    }

    private static final class Reader implements LogReader {
        private final Iterator<Entry> rest;
        private Entry current;

        Reader(List<Entry> entries) {
            rest = entries.iterator();
        }

        @Override
        public boolean next() {
            if (!rest.hasNext()) {
                return false;
            }
            current = rest.next();
            if (!current.bytes().isSound()) {
                throw new CorruptStorageException("the record of zxid " + current.zxid() + " is damaged");
            }
            return true;
        }

        @Override
        public long zxid() {
            return current.zxid();
        }

        @Override
        public ByteBuffer record() {
            return ByteBuffer.wrap(current.bytes().content());
        }

        @Override
        public void close() {
            current = null;
        }
    }
}
