package io.zookit.pipeline;

import org.jspecify.annotations.Nullable;

/** A slot of the log ring: one transaction on its way to the disk, or work to be done when those before it are there. */
final class LogEvent {
    private long zxid;
    private int offset;
    private int length;
    private byte @Nullable [] record;
    private @Nullable Runnable work;

    /** A record with an array of its own. */
    void set(long zxid, byte[] record) {
        set(zxid, 0, record.length);
        this.record = record;
    }

    /** A record in the {@link RecordRing}. */
    void set(long zxid, int offset, int length) {
        this.zxid = zxid;
        this.offset = offset;
        this.length = length;
    }

    void set(Runnable piece) {
        work = piece;
    }

    long zxid() {
        return zxid;
    }

    /** The array of the record; {@code null} when it lies in the {@link RecordRing}. */
    byte @Nullable [] record() {
        return record;
    }

    /** Where the record begins in its array. */
    int offset() {
        return offset;
    }

    /** Bytes of the record. */
    int length() {
        return length;
    }

    /** What to do; {@code null} when the slot holds a transaction. */
    @Nullable
    Runnable work() {
        return work;
    }

    void clear() {
        if (work != null) {
            work = null;
        }
        if (record != null) {
            record = null;
        }
    }
}
