package io.zookit.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zookit.model.Check;
import io.zookit.spi.transport.ByteReceiver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Hands received bytes to the receiver and keeps what it leaves. While nothing is left over no buffer is held. A kept buffer is
 * never larger than twice what has really arrived: no length that a client claims is believed here. Used by the connection's
 * loop only.
 */
final class Incoming {
    private static final int LEFT_BYTES_MIN = 256;

    private final ByteReceiver receiver;
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf left;

    Incoming(ByteReceiver receiver, ByteBufAllocator allocator) {
        this.receiver = receiver;
        this.allocator = allocator;
    }

    boolean hasLeft() {
        return left != null;
    }

    /**
     * Offers what is left followed by new bytes.
     *
     * @param input the new bytes; stays the caller's
     * @return the receiver's answer: whether to go on reading
     */
    boolean offer(ByteBuf input) {
        if (left == null) {
            boolean goOn = offerBytes(input);
            if (input.isReadable()) {
                left = copyOf(input);
            }
            return goOn;
        }
        keep(input);
        return offerLeft();
    }

    /** Offers what is left, if anything, again. */
    boolean offerLeft() {
        ByteBuf bytes = left;
        if (bytes == null) {
            return true;
        }
        boolean goOn = offerBytes(bytes);
        if (left == bytes) {
            tidy(bytes);
        }
        return goOn;
    }

    /** Keeps bytes without offering them. */
    void keep(ByteBuf input) {
        if (left == null) {
            left = copyOf(input);
        } else {
            left.writeBytes(input);
        }
    }

    /** Drops what is left. */
    void release() {
        if (left != null) {
            left.release();
            left = null;
        }
    }

    private boolean offerBytes(ByteBuf bytes) {
        int length = bytes.readableBytes();
        ByteBuffer view = bytes.internalNioBuffer(bytes.readerIndex(), length).order(ByteOrder.BIG_ENDIAN);
        int start = view.position();
        boolean goOn = receiver.received(view);
        int taken = view.position() - start;
        Check.state(taken >= 0 && taken <= length, "The receiver moved the buffer's position out of what it was given");
        bytes.skipBytes(taken);
        return goOn;
    }

    private void tidy(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            release();
        } else if (bytes.readableBytes() <= bytes.capacity() / 4 && bytes.capacity() > LEFT_BYTES_MIN) {
            left = copyOf(bytes);
            bytes.release();
        } else {
            bytes.discardSomeReadBytes();
        }
    }

    private ByteBuf copyOf(ByteBuf bytes) {
        return allocator
                .directBuffer(Math.max(LEFT_BYTES_MIN, bytes.readableBytes()))
                .writeBytes(bytes);
    }
}
