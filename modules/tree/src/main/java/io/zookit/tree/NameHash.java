package io.zookit.tree;

/**
 * The hash of a child's name. Salted, because names come from clients: whoever does not know the salt cannot choose names that fall
 * into one bucket.
 */
final class NameHash {
    /** Bits of a hash. */
    static final int BITS = 31;

    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
    private static final int CHARS_IN_WORD = Long.SIZE / Character.SIZE;

    private final long start;

    NameHash(long salt) {
        start = (salt ^ MULTIPLIER) * MULTIPLIER;
    }

    /** The hash, 0 to 2^31 - 1, of the characters {@code from} to {@code to} of a path. */
    int of(String path, int from, int to) {
        long hash = start + (to - from);
        int next = from;
        for (; next + CHARS_IN_WORD <= to; next += CHARS_IN_WORD) {
            hash = mix(
                    hash,
                    path.charAt(next)
                            | (long) path.charAt(next + 1) << 16
                            | (long) path.charAt(next + 2) << 32
                            | (long) path.charAt(next + 3) << 48);
        }
        long rest = 0;
        for (; next < to; next++) {
            rest = rest << Character.SIZE | path.charAt(next);
        }
        return (int) (mix(hash, rest) >>> (Long.SIZE - BITS));
    }

    private static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return (mixed ^ (mixed >>> 32)) * MULTIPLIER;
    }
}
