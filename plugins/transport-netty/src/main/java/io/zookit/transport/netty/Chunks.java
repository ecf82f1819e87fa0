package io.zookit.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Copies of bytes on their way out, in order, joined into chunks so that many small sends become one write. Not safe for threads.
 */
final class Chunks {
    /** Where joining ends: beyond it copying into a growing buffer costs more than another element of a gathering write. */
    private static final int CHUNK_BYTES_MAX = 64 * 1024;

    private static final int CHUNK_BYTES_MIN = 256;

    private final ByteBufAllocator allocator;
    private @Nullable ArrayDeque<ByteBuf> full;
    private @Nullable ByteBuf last;
    private int expectedBytes = CHUNK_BYTES_MIN;

    Chunks(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Copies bytes from position to limit; the position stays. */
    void append(ByteBuffer bytes) {
        int length = bytes.remaining();
        ByteBuf chunk = last;
        if (chunk == null || chunk.readableBytes() + length > CHUNK_BYTES_MAX) {
            pushLast();
            chunk = allocator.directBuffer(Math.max(expectedBytes, length));
            last = chunk;
        }
        chunk.ensureWritable(length);
        int at = chunk.writerIndex();
        // Absolute on both sides: the same buffer may be on its way to other connections, on other threads.
        ByteBuffer room = chunk.internalNioBuffer(at, length);
        room.put(room.position(), bytes, bytes.position(), length);
        chunk.writerIndex(at + length);
    }

    /** Moves everything behind what another holds. */
    void moveTo(Chunks other) {
        for (ByteBuf chunk = poll(); chunk != null; chunk = poll()) {
            other.pushLast();
            other.last = chunk;
        }
    }

    /** The first chunk, now the caller's, or {@code null} when there is none. */
    @Nullable
    ByteBuf poll() {
        if (full != null) {
            ByteBuf first = full.pollFirst();
            if (first != null) {
                return first;
            }
            full = null;
        }
        ByteBuf only = last;
        if (only != null) {
            last = null;
            // The next round is likely to be like this one: a chunk of the right size need not grow.
            expectedBytes = Math.max(CHUNK_BYTES_MIN, Math.min(CHUNK_BYTES_MAX, only.readableBytes()));
        }
        return only;
    }

    /** Drops everything. */
    void release() {
        for (ByteBuf chunk = poll(); chunk != null; chunk = poll()) {
            chunk.release();
        }
    }

    private void pushLast() {
        if (last != null) {
            if (full == null) {
                full = new ArrayDeque<>(4);
            }
            full.addLast(last);
            last = null;
        }
    }
}
