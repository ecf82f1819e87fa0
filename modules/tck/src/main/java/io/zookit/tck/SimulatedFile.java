package io.zookit.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A file of a {@link SimulatedDisk}, whose lock guards it: what can be read, what would survive, and what was done in between. */
final class SimulatedFile {
    private static final int SECTOR_BYTES = 512;

    /** A write, or with {@code bytes == null} a cut, that was not forced yet. */
    private record Change(long offset, byte @Nullable [] bytes) {}

    private byte[] current = new byte[0];
    private byte[] durable = new byte[0];
    private final List<Change> changes = new ArrayList<>();

    int length() {
        return current.length;
    }

    int read(ByteBuffer into, long offset) {
        int count = (int) Math.max(0, Math.min(into.remaining(), current.length - offset));
        into.put(current, (int) Math.min(offset, current.length), count);
        return count;
    }

    void write(byte[] bytes, long offset) {
        if (current.length < offset + bytes.length) {
            current = Arrays.copyOf(current, (int) offset + bytes.length);
        }
        System.arraycopy(bytes, 0, current, (int) offset, bytes.length);
        changes.add(new Change(offset, bytes));
    }

    void truncate(int length) {
        current = Arrays.copyOf(current, length);
        changes.add(new Change(length, null));
    }

    void force() {
        durable = current.clone();
        changes.clear();
    }

    byte[] content() {
        return current.clone();
    }

    void content(byte[] bytes) {
        current = bytes.clone();
        force();
    }

    /** Changes a byte. */
    void flip(int offset) {
        current[offset] ^= 0x55;
        force();
    }

    int indexOf(byte[] run) {
        return indexOf(current, run);
    }

    /** Where a run of bytes begins in others, -1 when it is not there. */
    static int indexOf(byte[] bytes, byte[] run) {
        for (int i = 0; i + run.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + run.length, run, 0, run.length)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What may be left of it after a loss of power.
     *
     * @param keep how likely each change is to have come through
     */
    SimulatedFile survivor(double keep, Random random) {
        byte[] bytes = durable.clone();
        if (random.nextDouble() < keep) {
            // Some of the length came through, whatever of the data did.
            int grown = current.length - bytes.length;
            int length = grown <= 0 || random.nextDouble() < keep
                    ? current.length
                    : bytes.length + random.nextInt(grown + 1);
            bytes = Arrays.copyOf(bytes, length);
        }
        for (int sector = 0; sector * SECTOR_BYTES < bytes.length; sector++) {
            // A sector is as it was after some number of the writes, not with one of them left out.
            int applied = random.nextDouble() < keep ? changes.size() : random.nextInt(changes.size() + 1);
            applied = keep == 0 ? 0 : keep == 1 ? changes.size() : applied;
            for (Change change : changes.subList(0, applied)) {
                byte[] written = change.bytes();
                if (written != null) {
                    applySector(bytes, sector, change.offset(), written);
                }
            }
        }
        SimulatedFile copy = new SimulatedFile();
        copy.content(bytes);
        return copy;
    }

    private static void applySector(byte[] bytes, int sector, long offset, byte[] written) {
        long start = Math.max(offset, (long) sector * SECTOR_BYTES);
        long end = Math.min(offset + written.length, Math.min(bytes.length, (sector + 1L) * SECTOR_BYTES));
        if (start < end) {
            System.arraycopy(written, (int) (start - offset), bytes, (int) start, (int) (end - start));
        }
    }
}
