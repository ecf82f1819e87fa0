package io.zookit.zab;

import io.zookit.model.Check;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest transactions, in memory: all that are not committed, and as many committed ones before them as the bounds allow. What
 * learners are sent comes from here, almost always.
 */
final class RecentLog {
    private final int transactionsMax;
    private final long bytesMax;

    /** A ring; its length is a power of two. */
    private long[] zxids = new long[64];

    private byte[] @Nullable [] records = new byte[64][];
    private int first;
    private int size;
    private long bytes;
    private long afterZxid;

    RecentLog(int transactionsMax, long bytesMax, long afterZxid) {
        this.transactionsMax = transactionsMax;
        this.bytesMax = bytesMax;
        this.afterZxid = afterZxid;
    }

    /** Every transaction after it, up to the newest, is here. */
    long afterZxid() {
        return afterZxid;
    }

    int size() {
        return size;
    }

    /** The zxid at a place, 0 for the oldest. */
    long zxid(int index) {
        return zxids[slot(index)];
    }

    /** The transaction at a place, 0 for the oldest. */
    byte[] record(int index) {
        byte[] record = records[slot(index)];
        if (record == null) {
            throw new IllegalStateException("nothing stands at " + index + " of " + size);
        }
        return record;
    }

    /** The place of the first transaction after a zxid; {@link #size} when there is none. */
    int indexAfter(long zxid) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (zxid(middle) <= zxid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void add(long zxid, byte[] record) {
        if (size == zxids.length) {
            grow();
        }
        size++;
        zxids[slot(size - 1)] = zxid;
        records[slot(size - 1)] = record;
        bytes += record.length;
    }

    private void grow() {
        int length = zxids.length * 2;
        long[] moreZxids = new long[length];
        byte[] @Nullable [] moreRecords = new byte[length][];
        for (int i = 0; i < size; i++) {
            moreZxids[i] = zxid(i);
            moreRecords[i] = records[slot(i)];
        }
        zxids = moreZxids;
        records = moreRecords;
        first = 0;
    }

    /** Lets go of the oldest, as long as the bounds are exceeded and they are committed. */
    void trim(long committedZxid) {
        while (size > 0 && (size > transactionsMax || bytes > bytesMax) && zxid(0) <= committedZxid) {
            afterZxid = zxid(0);
            bytes -= record(0).length;
            records[first] = null;
            first = slot(1);
            size--;
        }
    }

    /** Removes everything after a zxid. */
    void truncate(long zxid) {
        int keep = indexAfter(zxid);
        for (int i = keep; i < size; i++) {
            bytes -= record(i).length;
            records[slot(i)] = null;
        }
        size = keep;
        if (size == 0 && afterZxid > zxid) {
            afterZxid = zxid;
        }
    }

    /** Forgets everything: the history goes on after a snapshot. */
    void restart(long zxid) {
        Arrays.fill(records, null);
        first = 0;
        size = 0;
        bytes = 0;
        afterZxid = zxid;
        Check.state(zxids.length == records.length, "the ring has two lengths");
    }

    private int slot(int index) {
        return (first + index) & (zxids.length - 1);
    }
}
