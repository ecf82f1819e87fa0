package io.zookit.tree;

import java.nio.charset.StandardCharsets;

/**
 * Names as the UTF-8 bytes znodes keep of them, taken straight out of a path without cutting a substring. A legal path has no
 * surrogates, so every character is coded alone.
 */
final class NameBytes {
    private static final int TWO_BYTES_FROM = 0x80;
    private static final int THREE_BYTES_FROM = 0x800;

    private NameBytes() {}

    /** Bytes of the characters {@code from} to {@code to} of a path. */
    static int length(String path, int from, int to) {
        int length = to - from;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c >= TWO_BYTES_FROM) {
                length += c < THREE_BYTES_FROM ? 1 : 2;
            }
        }
        return length;
    }

    /** Writes the characters {@code from} to {@code to} of a path and returns where the next byte goes. */
    static int write(String path, int from, int to, byte[] target, int offset) {
        int next = offset;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c < TWO_BYTES_FROM) {
                target[next++] = (byte) c;
            } else if (c < THREE_BYTES_FROM) {
                target[next++] = (byte) (0xc0 | (c >> 6));
                target[next++] = (byte) (0x80 | (c & 0x3f));
            } else {
                target[next++] = (byte) (0xe0 | (c >> 12));
                target[next++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                target[next++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        return next;
    }

    /** Whether {@code length} bytes at {@code offset} are the characters {@code from} to {@code to} of a path. */
    static boolean equal(byte[] bytes, int offset, int length, String path, int from, int to) {
        if (length < to - from) {
            return false;
        }
        int end = offset + length;
        int next = offset;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c < TWO_BYTES_FROM) {
                if (next >= end || bytes[next] != c) {
                    return false;
                }
                next++;
            } else if (c < THREE_BYTES_FROM) {
                if (next + 2 > end
                        || bytes[next] != (byte) (0xc0 | (c >> 6))
                        || bytes[next + 1] != (byte) (0x80 | (c & 0x3f))) {
                    return false;
                }
                next += 2;
            } else {
                if (next + 3 > end
                        || bytes[next] != (byte) (0xe0 | (c >> 12))
                        || bytes[next + 1] != (byte) (0x80 | ((c >> 6) & 0x3f))
                        || bytes[next + 2] != (byte) (0x80 | (c & 0x3f))) {
                    return false;
                }
                next += 3;
            }
        }
        return next == end;
    }

    /** The name that {@code length} bytes at {@code offset} spell. */
    static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
