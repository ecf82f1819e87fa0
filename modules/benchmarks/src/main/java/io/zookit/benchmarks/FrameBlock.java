package io.zookit.benchmarks;

import java.nio.ByteBuffer;

/**
 * The requests of one connection, encoded once, side by side in one direct buffer. A round patches the xids and the digits of the
 * paths of the first few and writes them with one call.
 */
final class FrameBlock {
    private static final int DIGITS_OFFSET = RequestFrames.PATH_OFFSET + LoadPaths.ZNODE_BYTES - LoadPaths.DIGITS;

    private final ByteBuffer buffer;
    private final int frameBytes;
    private final int znodes;

    private FrameBlock(ByteBuffer buffer, int frameBytes, int znodes) {
        this.buffer = buffer;
        this.frameBytes = frameBytes;
        this.znodes = znodes;
    }

    /**
     * Room for {@code frames} requests.
     *
     * @param connection whose directory the paths are in
     * @param znodes after so many requests the paths begin again from the first
     */
    static FrameBlock of(Workload workload, int connection, int frames, int znodes, int valueBytes) {
        ByteBuffer frame = RequestFrames.of(workload, 0, LoadPaths.znode(connection, 0), valueBytes);
        int frameBytes = frame.remaining();
        ByteBuffer buffer = ByteBuffer.allocateDirect(frameBytes * frames);
        for (int index = 0; index < frames; index++) {
            buffer.put(frame.duplicate());
        }
        return new FrameBlock(buffer.limit(0), frameBytes, znodes);
    }

    /**
     * Readies the first {@code count} frames.
     *
     * @param lastXid they get the xids after this one
     * @param firstRequest how many requests went before them; decides the path
     */
    void ready(int count, int lastXid, int firstRequest) {
        buffer.limit(count * frameBytes).position(0);
        for (int index = 0; index < count; index++) {
            int start = index * frameBytes;
            buffer.putInt(start + RequestFrames.XID_OFFSET, lastXid + 1 + index);
            putDigits(start + DIGITS_OFFSET, (firstRequest + index) % znodes);
        }
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
