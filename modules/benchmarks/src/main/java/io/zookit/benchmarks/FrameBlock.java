package io.zookit.benchmarks;

import java.nio.ByteBuffer;

/**
 * The requests of one connection, encoded once, side by side in one direct buffer. A round patches the xids and the digits of the
 * paths of the first few and writes them with one call.
 */
final class FrameBlock {
    private static final int DIGITS_OFFSET = RequestFrames.PATH_OFFSET + LoadPaths.ZNODE_BYTES - LoadPaths.DIGITS;

    private final ByteBuffer buffer;
    /** One of each kind; those of a single kind stay in the buffer from round to round. */
    private final ByteBuffer[] kinds;

    private final int znodes;

    private FrameBlock(ByteBuffer buffer, ByteBuffer[] kinds, int znodes) {
        this.buffer = buffer;
        this.kinds = kinds;
        this.znodes = znodes;
    }

    /**
     * Room for {@code frames} requests.
     *
     * @param connection whose directory the paths are in
     * @param znodes after so many requests the paths begin again from the first
     */
    static FrameBlock of(Workload workload, int connection, int frames, int znodes, int valueBytes) {
        ByteBuffer[] kinds = new ByteBuffer[workload.period()];
        int longest = 0;
        for (int number = 0; number < kinds.length; number++) {
            kinds[number] = RequestFrames.of(workload.at(number), 0, LoadPaths.znode(connection, 0), valueBytes);
            longest = Math.max(longest, kinds[number].remaining());
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(longest * frames);
        for (int index = 0; index < frames && kinds.length == 1; index++) {
            buffer.put(kinds[0].duplicate());
        }
        return new FrameBlock(buffer.limit(0), kinds, znodes);
    }

    /**
     * Readies the first {@code count} frames.
     *
     * @param lastXid they get the xids after this one
     * @param firstRequest how many requests went before them; decides kind and path
     */
    void ready(int count, int lastXid, int firstRequest) {
        buffer.clear();
        int start = 0;
        for (int index = 0; index < count; index++) {
            int number = firstRequest + index;
            ByteBuffer kind = kinds[number % kinds.length];
            if (kinds.length > 1) {
                buffer.put(start, kind, 0, kind.limit());
            }
            buffer.putInt(start + RequestFrames.XID_OFFSET, lastXid + 1 + index);
            putDigits(start + DIGITS_OFFSET, number % znodes);
            start += kind.limit();
        }
        buffer.limit(start);
    }

    /** What was readied and is not yet written. */
    ByteBuffer unwritten() {
        return buffer;
    }

    private void putDigits(int offset, int number) {
        int rest = number;
        for (int index = offset + LoadPaths.DIGITS - 1; index >= offset; index--) {
            buffer.put(index, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
