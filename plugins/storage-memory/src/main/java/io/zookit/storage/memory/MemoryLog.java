package io.zookit.storage.memory;

import io.zookit.model.Check;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log as a list. Every method may be called by any thread. */
final class MemoryLog implements TransactionLog {
    /** A record of the log. */
    record Entry(long zxid, byte[] bytes) {}

    private final List<Entry> entries = new ArrayList<>();
    private int syncedCount;
    // The newest one that was purged: the log can be cut there, too, which empties it.
    private long purgedZxid;

    @Override
    public synchronized long firstZxid() {
        return syncedCount == 0 ? 0 : entries.get(0).zxid();
    }

    @Override
    public synchronized long lastZxid() {
        return syncedCount == 0 ? 0 : entries.get(syncedCount - 1).zxid();
    }

    @Override
    public synchronized void append(long zxid, byte[] record) {
        long last =
                entries.isEmpty() ? purgedZxid : entries.get(entries.size() - 1).zxid();
        if (zxid <= last) {
            throw new IllegalStateException(
                    "zxid " + Zxid.text(zxid) + " cannot follow " + Zxid.text(last) + " in the log");
        }
        entries.add(new Entry(zxid, record));
    }

    @Override
    public synchronized void sync() {
        syncedCount = entries.size();
    }

    @Override
    public LogReader read(long afterZxid) {
        return new Reader(this, afterZxid);
    }

    @Override
    public synchronized void truncateAfter(long zxid) {
        Check.state(syncedCount == entries.size(), "nothing may be appended and not synced when the log is cut");
        int index = indexAfter(zxid);
        boolean holds = index > 0 ? entries.get(index - 1).zxid() == zxid : zxid == purgedZxid;
        if (!holds && zxid != 0) {
            throw new StorageException(
                    "the log in memory cannot be cut after zxid " + Zxid.text(zxid)
                            + ": it has no such record; it goes from " + Zxid.text(firstZxid()) + " to "
                            + Zxid.text(lastZxid()),
                    null);
        }
        entries.subList(index, entries.size()).clear();
        syncedCount = entries.size();
        if (zxid == 0) {
            purgedZxid = 0;
        }
    }

    @Override
    public void roll() {
        // There are no files.
    }

    @Override
    public synchronized void purgeBefore(long zxid) {
        // The last one stays: it says where the log ends.
        int count = Math.min(indexAfter(zxid - 1), syncedCount - 1);
        if (count > 0) {
            purgedZxid = entries.get(count - 1).zxid();
            entries.subList(0, count).clear();
            syncedCount -= count;
        }
    }

    synchronized void dropUnsynced() {
        entries.subList(syncedCount, entries.size()).clear();
    }

    /** The oldest synced entry with a greater zxid, {@code null} for none. */
    private synchronized @Nullable Entry after(long zxid) {
        int index = indexAfter(zxid);
        return index < syncedCount ? entries.get(index) : null;
    }

    /** How many entries have this zxid or a smaller one. */
    private int indexAfter(long zxid) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).zxid() <= zxid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** A walk over the log; it holds no place but a zxid, so the log may change under it. */
    private static final class Reader implements LogReader {
        private final MemoryLog log;
        private long position;
        private @Nullable Entry current;

        Reader(MemoryLog log, long afterZxid) {
            this.log = log;
            this.position = afterZxid;
        }

        @Override
        public boolean next() {
            Entry next = log.after(position);
            current = next;
            if (next == null) {
                return false;
            }
            position = next.zxid();
            return true;
        }

        @Override
        public long zxid() {
            return entry().zxid();
        }

        @Override
        public ByteBuffer record() {
            return ByteBuffer.wrap(entry().bytes()).asReadOnlyBuffer();
        }

        private Entry entry() {
            Entry entry = current;
            if (entry == null) {
                throw new IllegalStateException("there is a record only after next() has said so");
            }
            return entry;
        }

        @Override
        public void close() {
            current = null;
        }
    }
}
