package io.zookit.model;

/**
 * The raw owner field of a znode, which tells four kinds apart in one {@code long}: 0 is persistent, {@link #CONTAINER} a
 * container, a value with high byte 0xff and 40 bits of time-to-live a TTL znode, and anything else the session that owns an
 * ephemeral.
 */
public final class EphemeralOwner {
    /** The znode belongs to nobody. */
    public static final long PERSISTENT = 0;
    /** The znode is a container: it is removed some time after its last child. */
    public static final long CONTAINER = Long.MIN_VALUE;
    /** The longest time to live, about 34.8 years. */
    public static final long TTL_MILLIS_MAX = (1L << 40) - 1;

    private static final long TTL_MARK = 0xff00_0000_0000_0000L;
    private static final long TTL_MARK_MASK = 0xffff_ff00_0000_0000L;

    private EphemeralOwner() {}

    /**
     * The owner value of a TTL znode.
     *
     * @param ttlMillis 1 to {@link #TTL_MILLIS_MAX}
     */
    public static long ofTtl(long ttlMillis) {
        return TTL_MARK | ttlMillis;
    }

    /** Whether the owner marks a TTL znode. */
    public static boolean isTtl(long owner) {
        return (owner & TTL_MARK_MASK) == TTL_MARK;
    }

    /** The time to live of a TTL znode, in milliseconds. */
    public static long ttlMillis(long owner) {
        return owner & TTL_MILLIS_MAX;
    }

    /** Whether the owner is a session, that is: whether the znode is an ordinary ephemeral. */
    public static boolean isSession(long owner) {
        return owner != PERSISTENT && owner != CONTAINER && !isTtl(owner);
    }
}
