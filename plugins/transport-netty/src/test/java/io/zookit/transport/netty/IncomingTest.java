package io.zookit.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zookit.spi.transport.ByteReceiver;
import java.nio.ByteBuffer;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncomingTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final ByteBuf piece = Unpooled.directBuffer(65_536);
    private ToIntFunction<ByteBuffer> takes = ByteBuffer::remaining;
    private boolean answer = true;
    private int offered;
    private final Incoming incoming = new Incoming(
            new ByteReceiver() {
                @Override
                public boolean received(ByteBuffer bytes) {
                    offered = bytes.remaining();
                    bytes.position(bytes.position() + takes.applyAsInt(bytes));
                    return answer;
                }

                @Override
                public void closed() {}
            },
            allocator);

    @AfterEach
    void holdsNothingOnceReleased() {
        incoming.release();
        assertEquals(0, heldBytes());
    }

    @Test
    void holdsNoMemoryWhileEverythingIsTaken() {
        for (int i = 0; i < 100; i++) {
            assertTrue(arrive(1_000));
            assertEquals(1_000, offered);
            assertEquals(0, heldBytes());
        }
    }

    @Test
    void holdsAtMostTwiceWhatHasArrivedWhateverLengthAFrameClaims() {
        takes = bytes -> 0;
        for (int total = 1_000; total <= 2_000_000; total += 1_000) {
            assertTrue(arrive(1_000));
            assertEquals(total, offered);
            assertTrue(heldBytes() <= 2 * Math.max(total, 256), heldBytes() + " bytes held for " + total);
        }
    }

    @Test
    void shrinksOnceALargeFrameIsTaken() {
        takes = bytes -> 0;
        for (int i = 0; i < 20; i++) {
            arrive(60_000);
        }
        takes = bytes -> bytes.remaining() - 30;
        arrive(1_000);
        assertEquals(256, heldBytes());
        takes = ByteBuffer::remaining;
        arrive(70);
        assertEquals(100, offered);
        assertEquals(0, heldBytes());
    }

    @Test
    void takingALittleAtATimeLosesNothing() {
        takes = bytes -> Math.min(7, bytes.remaining());
        arrive(50_000);
        int left = 50_000 - 7;
        while (left > 0) {
            assertTrue(incoming.hasLeft());
            assertTrue(incoming.offerLeft());
            assertEquals(left, offered);
            left -= Math.min(7, left);
        }
        assertFalse(incoming.hasLeft());
        assertTrue(incoming.offerLeft());
    }

    @Test
    void whatIsKeptComesBeforeWhatIsNew() {
        piece.clear().writeByte('a');
        incoming.keep(piece);
        piece.clear().writeByte('b');
        incoming.keep(piece);
        takes = bytes -> {
            assertEquals("ab", "" + (char) bytes.get(bytes.position()) + (char) bytes.get(bytes.position() + 1));
            return 3;
        };
        piece.clear().writeByte('c');
        assertTrue(incoming.offer(piece));
    }

    @Test
    void passesOnTheReceiversAnswer() {
        answer = false;
        assertFalse(arrive(10));
        takes = bytes -> 0;
        assertFalse(arrive(10));
        assertFalse(incoming.offerLeft());
    }

    @Test
    void aReceiverThatTakesBytesItWasNotGivenIsABug() {
        takes = bytes -> {
            bytes.limit(bytes.capacity());
            return 100;
        };
        assertThrows(IllegalStateException.class, () -> arrive(10));
    }

    private boolean arrive(int length) {
        piece.clear().writeZero(length);
        return incoming.offer(piece);
    }

    private long heldBytes() {
        return allocator.metric().usedDirectMemory();
    }
}
