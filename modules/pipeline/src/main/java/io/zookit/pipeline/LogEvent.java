package io.zookit.pipeline;

/** A slot of the log ring: one transaction on its way to the disk. */
final class LogEvent {
    private static final byte[] NOTHING = new byte[0];

    private long zxid;
    private byte[] record = NOTHING;

    void set(long zxid, byte[] record) {
        this.zxid = zxid;
        this.record = record;
    }

    long zxid() {
        return zxid;
    }

    byte[] record() {
        return record;
    }

    void clear() {
        record = NOTHING;
    }
}
