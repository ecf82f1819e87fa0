package io.zookit.fuzz;

import java.util.Arrays;

/** Ways to damage bytes that were well formed. */
public final class Damage {
    private final Chance chance;

    /**
     * @param chance which way, and where
     */
    public Damage(Chance chance) {
        this.chance = chance;
    }

    /** A damaged copy; now and then damaged again. */
    public byte[] of(byte[] whole) {
        byte[] damaged = once(whole);
        while (chance.oneIn(3)) {
            damaged = once(damaged);
        }
        return damaged;
    }

    private byte[] once(byte[] whole) {
        return switch (chance.below(8)) {
            case 0 -> Arrays.copyOf(whole, chance.below(whole.length + 1));
            case 1 -> insert(whole, whole.length, chance.anyBytes());
            case 2 -> flip(whole);
            case 3, 4 -> lie(whole);
            case 5 -> insert(whole, chance.below(whole.length + 1), chance.brokenText());
            case 6 -> insert(whole, chance.below(whole.length + 1), whole);
            default -> lieOffByOne(whole);
        };
    }

    private byte[] flip(byte[] whole) {
        byte[] damaged = whole.clone();
        if (damaged.length > 0) {
            damaged[chance.below(damaged.length)] ^= (byte) (1 << chance.below(8));
        }
        return damaged;
    }

    /** Any four bytes may be a length, a count or a field: they become a number at a bound. */
    private byte[] lie(byte[] whole) {
        return whole.length < 4 ? whole : putInt(whole, chance.below(whole.length - 3), chance.anyInt());
    }

    private byte[] lieOffByOne(byte[] whole) {
        if (whole.length < 4) {
            return whole;
        }
        int at = chance.below(whole.length - 3);
        int value = (whole[at] & 0xff) << 24
                | (whole[at + 1] & 0xff) << 16
                | (whole[at + 2] & 0xff) << 8
                | (whole[at + 3] & 0xff);
        return putInt(whole, at, value + (chance.oneIn(2) ? 1 : -1));
    }

    private static byte[] putInt(byte[] whole, int at, int value) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) (value >> 24);
        damaged[at + 1] = (byte) (value >> 16);
        damaged[at + 2] = (byte) (value >> 8);
        damaged[at + 3] = (byte) value;
        return damaged;
    }

    private static byte[] insert(byte[] whole, int at, byte[] more) {
        byte[] damaged = Arrays.copyOf(whole, whole.length + more.length);
        System.arraycopy(more, 0, damaged, at, more.length);
        System.arraycopy(whole, at, damaged, at + more.length, whole.length - at);
        return damaged;
    }
}
