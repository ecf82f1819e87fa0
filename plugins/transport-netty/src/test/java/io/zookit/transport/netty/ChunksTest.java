package io.zookit.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunksTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Chunks chunks = new Chunks(allocator);

    @AfterEach
    void holdsNothingOnceReleased() {
        chunks.release();
        assertEquals(0, allocator.metric().usedDirectMemory());
    }

    @Test
    void holdsNoMemoryWhileThereIsNothingToSend() {
        assertNull(chunks.poll());
        assertEquals(0, allocator.metric().usedDirectMemory());
    }

    @Test
    void joinsManySmallSendsToOneWrite() {
        for (int i = 0; i < 1_000; i++) {
            chunks.append(ByteBuffer.allocate(16).putInt(0, i));
        }
        ByteBuf only = chunks.poll();
        assertEquals(16_000, only.readableBytes());
        assertEquals(999, only.getInt(16 * 999));
        assertNull(chunks.poll());
        only.release();
    }

    @Test
    void doesNotCopyALargeSendIntoAGrowingChunk() {
        chunks.append(ByteBuffer.allocate(10));
        chunks.append(ByteBuffer.allocate(1_000_000));
        chunks.append(ByteBuffer.allocate(20));
        int[] sizes = {10, 1_000_000, 20};
        for (int size : sizes) {
            ByteBuf chunk = chunks.poll();
            assertEquals(size, chunk.readableBytes());
            chunk.release();
        }
        assertNull(chunks.poll());
    }

    @Test
    void movesBehindWhatTheOtherHolds() {
        Chunks other = new Chunks(allocator);
        other.append(text("first "));
        chunks.append(text("second "));
        chunks.append(ByteBuffer.allocate(70_000));
        chunks.append(text("third "));
        chunks.moveTo(other);
        assertNull(chunks.poll());
        other.append(text("fourth"));
        StringBuilder all = new StringBuilder();
        for (ByteBuf chunk = other.poll(); chunk != null; chunk = other.poll()) {
            all.append(chunk.readableBytes() == 70_000 ? "[large] " : chunk.toString(StandardCharsets.US_ASCII));
            chunk.release();
        }
        assertEquals("first second [large] third fourth", all.toString());
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
