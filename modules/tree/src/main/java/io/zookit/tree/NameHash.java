package io.zookit.tree;

/**
 * The hash of a child's name, the same for its bytes and for its characters. Salted, because names come from clients: whoever
 * does not know the salt cannot choose names that fall into one bucket.
 */
final class NameHash {
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
    private static final int TWO_BYTES_FROM = 0x80;
    private static final int THREE_BYTES_FROM = 0x800;

    private final long start;

    NameHash(long salt) {
        start = (salt ^ MULTIPLIER) * MULTIPLIER;
    }

    /** The hash of the characters {@code from} to {@code to} of a path. */
    int of(String path, int from, int to) {
        long hash = start;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c < TWO_BYTES_FROM) {
                hash = mix(hash, c);
            } else if (c < THREE_BYTES_FROM) {
                hash = mix(mix(hash, 0xc0 | (c >> 6)), 0x80 | (c & 0x3f));
            } else {
                hash = mix(mix(mix(hash, 0xe0 | (c >> 12)), 0x80 | ((c >> 6) & 0x3f)), 0x80 | (c & 0x3f));
            }
        }
        return (int) hash;
    }

    /** The hash of {@code length} bytes at {@code offset}. */
    int of(byte[] bytes, int offset, int length) {
        long hash = start;
        for (int i = offset; i < offset + length; i++) {
            hash = mix(hash, bytes[i] & 0xff);
        }
        return (int) hash;
    }

    private static long mix(long hash, int octet) {
        long mixed = (hash ^ octet) * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }
}
