package io.zookit.simulator.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One file: its bytes as the process sees them, its bytes on the platter, and the operations that stand between the two. */
final class SimulatedFile {
    private static final int SECTOR_BYTES = 512;
    private static final byte[] NO_BYTES = new byte[0];

    private byte[] bytes = NO_BYTES;
    private int length;
    private byte[] platter = NO_BYTES;
    private int platterLength;
    /** What lies beyond may differ from what the process sees, because a sync failed. */
    private int damagedFrom = Integer.MAX_VALUE;

    private final List<Change> unsynced = new ArrayList<>();

    /** Bytes written at an offset, or (with none) the file cut there. */
    private record Change(int offset, byte[] written) {}

    int length() {
        return length;
    }

    byte[] read() {
        return Arrays.copyOf(bytes, length);
    }

    void append(byte[] more) {
        if (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        unsynced.add(new Change(length, more));
        length += more.length;
    }

    void truncate(int newLength) {
        if (newLength < length) {
            Arrays.fill(bytes, newLength, length, (byte) 0);
            length = newLength;
            unsynced.add(new Change(newLength, NO_BYTES));
        }
    }

    void sync() {
        for (Change change : unsynced) {
            apply(change);
        }
        unsynced.clear();
    }

    private void apply(Change change) {
        if (change.written().length == 0) {
            cut(change.offset());
        } else {
            put(change.offset(), change.written(), 0, change.written().length);
        }
    }

    private void cut(int at) {
        if (at < platterLength) {
            Arrays.fill(platter, at, platterLength, (byte) 0);
            platterLength = at;
        }
    }

    private void put(int offset, byte[] from, int start, int count) {
        int end = offset + start + count;
        if (end > platter.length) {
            platter = Arrays.copyOf(platter, Math.max(2 * platter.length, end));
        }
        System.arraycopy(from, start, platter, offset + start, count);
        platterLength = Math.max(platterLength, end);
    }

    boolean isDurable(int end) {
        if (end > platterLength || damagedFrom < end) {
            return false;
        }
        for (Change change : unsynced) {
            if (change.offset() < end) {
                return false;
            }
        }
        return true;
    }

    /** Some of what was not synced reaches the platter, and of the rest nobody knows any more. */
    void forget(Chance chance) {
        for (Change change : unsynced) {
            damagedFrom = Math.min(damagedFrom, change.offset());
        }
        crashUnsynced(chance);
        unsynced.clear();
    }

    void crash(CrashMode mode, Chance chance) {
        if (mode == CrashMode.KEEPS_ALL) {
            sync();
        } else if (mode != CrashMode.LOSES_ALL) {
            crashUnsynced(chance);
        }
        unsynced.clear();
        bytes = Arrays.copyOf(platter, platterLength);
        length = platterLength;
        damagedFrom = Integer.MAX_VALUE;
    }

    private void crashUnsynced(Chance chance) {
        for (Change change : unsynced) {
            if (change.written().length == 0) {
                if (chance.coin()) {
                    cut(change.offset());
                }
            } else {
                putSomeSectors(change, chance);
            }
        }
    }

    private void putSomeSectors(Change change, Chance chance) {
        int start = 0;
        while (start < change.written().length) {
            int room = SECTOR_BYTES - (change.offset() + start) % SECTOR_BYTES;
            int count = Math.min(room, change.written().length - start);
            if (chance.coin()) {
                put(change.offset(), change.written(), start, count);
            }
            start += count;
        }
    }

    /** One bit becomes another one. */
    void flip(int bit) {
        byte mask = (byte) (1 << (bit % Byte.SIZE));
        bytes[bit / Byte.SIZE] ^= mask;
        if (bit / Byte.SIZE < platterLength) {
            platter[bit / Byte.SIZE] ^= mask;
        }
    }

    SimulatedFile copy() {
        SimulatedFile copy = new SimulatedFile();
        copy.bytes = bytes.clone();
        copy.length = length;
        copy.platter = platter.clone();
        copy.platterLength = platterLength;
        copy.damagedFrom = damagedFrom;
        copy.unsynced.addAll(unsynced);
        return copy;
    }
}
