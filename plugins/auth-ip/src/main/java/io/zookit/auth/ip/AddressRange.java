package io.zookit.auth.ip;

import org.jspecify.annotations.Nullable;

/**
 * The addresses an ACL entry means: {@code address}, or {@code address/bits} for all that begin with the same bits. An IPv4 range
 * holds no IPv6 address and the other way round; but a range within the IPv4-mapped addresses ({@code ::ffff:10.0.0.0/104}) is
 * the IPv4 range it maps ({@code 10.0.0.0/8}), as those are the same hosts.
 */
final class AddressRange {
    private static final int BITS_DIGITS_MAX = 3;

    private final byte[] first;
    private final int bits;

    private AddressRange(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /** The range, or {@code null} when the text is none. */
    static @Nullable AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int bitsMax = address.length * Byte.SIZE;
        int bits = slash < 0 ? bitsMax : AddressText.decimal(text.substring(slash + 1), BITS_DIGITS_MAX);
        if (bits < 0 || bits > bitsMax) {
            return null;
        }
        byte[] unmapped = AddressText.unmapped(address);
        int prefixBits = (address.length - unmapped.length) * Byte.SIZE;
        return bits < prefixBits ? new AddressRange(address, bits) : new AddressRange(unmapped, bits - prefixBits);
    }

    /**
     * Whether an address is in the range.
     *
     * @param address 4 or 16 bytes, not IPv4-mapped
     */
    boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != first[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ first[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
    }
}
