package io.zookit.pipeline;

import org.jspecify.annotations.Nullable;

/** A slot of the log ring: one transaction on its way to the disk, or work to be done when those before it are there. */
final class LogEvent {
    private static final byte[] NOTHING = new byte[0];

    private long zxid;
    private byte[] record = NOTHING;
    private @Nullable Runnable work;

    void set(long zxid, byte[] record) {
        this.zxid = zxid;
        this.record = record;
    }

    void set(Runnable piece) {
        work = piece;
    }

    long zxid() {
        return zxid;
    }

    byte[] record() {
        return record;
    }

    /** What to do; {@code null} when the slot holds a transaction. */
    @Nullable
    Runnable work() {
        return work;
    }

    void clear() {
        work = null;
        record = NOTHING;
    }
}
