package io.zookit.auth.ip;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses written in digits: IPv4 as four decimal numbers, IPv6 as in RFC 4291 with {@code ::} for one run of zeros and,
 * at the end, an IPv4 address. Names, zones, brackets, signs, spaces and digits of other scripts are not addresses.
 */
final class AddressText {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int V4_PARTS = 4;
    private static final int V6_GROUPS = 8;
    private static final int GROUP_DIGITS_MAX = 4;
    private static final int DECIMAL_DIGITS_MAX = 3;
    /** The length of {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}. */
    private static final int CHARACTERS_MAX = 45;

    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private AddressText() {}

    /** The 4 or 16 bytes of an address, or {@code null} when the text is none. */
    static byte @Nullable [] parse(String text) {
        if (text.length() > CHARACTERS_MAX) {
            return null;
        }
        return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
    }

    /** An IPv4-mapped IPv6 address as the IPv4 address it stands for; any other as it is. */
    static byte[] unmapped(byte[] address) {
        int prefix = MAPPED_PREFIX.length;
        boolean mapped = address.length == V6_BYTES && Arrays.equals(address, 0, prefix, MAPPED_PREFIX, 0, prefix);
        return mapped ? Arrays.copyOfRange(address, prefix, V6_BYTES) : address;
    }

    /** A decimal number of one to {@code digitsMax} digits, or -1. Leading zeros do not make it octal. */
    static int decimal(String text, int digitsMax) {
        return number(text, digitsMax, 10);
    }

    private static byte @Nullable [] parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4_PARTS) {
            return null;
        }
        byte[] address = new byte[V4_BYTES];
        for (int i = 0; i < V4_PARTS; i++) {
            int value = decimal(parts[i], DECIMAL_DIGITS_MAX);
            if (value < 0 || value > 255) {
                return null;
            }
            address[i] = (byte) value;
        }
        return address;
    }

    private static byte @Nullable [] parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text, true);
            return all != null && all.length == V6_BYTES ? all : null;
        }
        byte[] head = groups(text.substring(0, gap), false);
        byte[] tail = groups(text.substring(gap + 2), true);
        // The gap stands for at least one group.
        if (head == null || tail == null || head.length + tail.length > V6_BYTES - 2) {
            return null;
        }
        byte[] address = Arrays.copyOf(head, V6_BYTES);
        System.arraycopy(tail, 0, address, V6_BYTES - tail.length, tail.length);
        return address;
    }

    /**
     * The bytes of groups between colons; none for an empty text.
     *
     * @param endsAddress whether the last group may be an IPv4 address
     */
    private static byte @Nullable [] groups(String text, boolean endsAddress) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] groups = text.split(":", -1);
        if (groups.length > V6_GROUPS) {
            return null;
        }
        byte[] bytes = new byte[2 * groups.length + V4_BYTES];
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            boolean dotted = endsAddress && i == groups.length - 1 && groups[i].indexOf('.') >= 0;
            byte[] group = dotted ? parseV4(groups[i]) : group(groups[i]);
            if (group == null) {
                return null;
            }
            System.arraycopy(group, 0, bytes, length, group.length);
            length += group.length;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static byte @Nullable [] group(String text) {
        int value = number(text, GROUP_DIGITS_MAX, 16);
        return value < 0 ? null : new byte[] {(byte) (value >> Byte.SIZE), (byte) value};
    }

    private static int number(String text, int digitsMax, int radix) {
        if (text.isEmpty() || text.length() > digitsMax) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            int digit = character < 128 ? Character.digit(character, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
