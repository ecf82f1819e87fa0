package io.zookit.model;

/**
 * Arithmetic on zxids. A zxid is a {@code long}: the epoch of the leader that issued it in the high 32 bits, a counter in the
 * low 32. It stays a primitive because every znode and every log record holds several.
 */
public final class Zxid {
    /** The counter at which an epoch is full: the next transaction needs a new epoch. */
    public static final long COUNTER_MAX = 0xffff_ffffL;

    private Zxid() {}

    /**
     * Builds a zxid.
     *
     * @param epoch the leader's epoch, 0 to 2^31 - 1
     * @param counter the counter within the epoch, 0 to 2^32 - 1
     */
    public static long of(long epoch, long counter) {
        return (epoch << 32) | (counter & COUNTER_MAX);
    }

    /** The epoch of a zxid. */
    public static long epoch(long zxid) {
        return zxid >> 32;
    }

    /** The counter of a zxid within its epoch, 0 to 2^32 - 1. */
    public static long counter(long zxid) {
        return zxid & COUNTER_MAX;
    }

    /**
     * Whether {@code next} may directly follow {@code previous} in a log: the next counter of the same epoch, or the start of a
     * later epoch. A history with any other step has a hole.
     */
    public static boolean follows(long next, long previous) {
        return next == previous + 1 || epoch(next) > epoch(previous);
    }

    /** The usual notation, {@code 0x} and lower-case hexadecimal. */
    public static String text(long zxid) {
        return "0x" + Long.toHexString(zxid);
    }
}
