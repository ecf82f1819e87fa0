package io.zookit.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way out of one connection. The loop's own sends need no lock; those of other threads are collected under one and
 * moved over by the loop. Whichever comes first leaves first: the loop moves what others have sent before it adds its own.
 */
final class Outgoing {
    private final AtomicLong pendingBytes = new AtomicLong();
    private final ByteBufAllocator allocator;
    private final Chunks own;
    /** Of other threads, made by the first of them; guarded by this object. */
    private @Nullable Chunks foreign;

    private volatile boolean foreignWaits;
    private boolean released;

    Outgoing(ByteBufAllocator allocator) {
        this.allocator = allocator;
        own = new Chunks(allocator);
    }

    /** Bytes appended and not yet written or dropped. Any thread. */
    long pendingBytes() {
        return pendingBytes.get();
    }

    /** Adds bytes. The loop's thread. */
    void append(ByteBuffer bytes) {
        moveForeign();
        pendingBytes.addAndGet(bytes.remaining());
        own.append(bytes);
    }

    /**
     * Adds bytes. Any other thread.
     *
     * @return whether the loop has to be told, that is for the first bytes since it last looked
     */
    boolean appendForeign(ByteBuffer bytes) {
        synchronized (this) {
            if (released) {
                return false;
            }
            if (foreign == null) {
                foreign = new Chunks(allocator);
            }
            pendingBytes.addAndGet(bytes.remaining());
            foreign.append(bytes);
            boolean first = !foreignWaits;
            foreignWaits = true;
            return first;
        }
    }

    /**
     * Writes everything in order, with one flush. The loop's thread.
     *
     * @param written told when a chunk has been written or dropped
     */
    void write(ChannelHandlerContext context, NettyConnection written) {
        moveForeign();
        boolean any = false;
        for (ByteBuf chunk = own.poll(); chunk != null; chunk = own.poll()) {
            any = true;
            ChannelPromise promise = new WrittenPromise(context, chunk.readableBytes());
            var unused = context.write(chunk, promise.addListener(written));
        }
        if (any) {
            context.flush();
        }
    }

    /** A chunk has left, one way or the other. */
    void left(WrittenPromise chunk) {
        pendingBytes.addAndGet(-chunk.bytes);
    }

    /** Drops everything, now and later. The loop's thread. */
    void release() {
        synchronized (this) {
            released = true;
            foreignWaits = false;
            if (foreign != null) {
                foreign.release();
            }
        }
        own.release();
        pendingBytes.set(0);
    }

    private void moveForeign() {
        if (foreignWaits) {
            synchronized (this) {
                foreignWaits = false;
                if (foreign != null) {
                    foreign.moveTo(own);
                }
            }
        }
    }

    /** Remembers how much a write carried. */
    static final class WrittenPromise extends DefaultChannelPromise {
        private final int bytes;

        private WrittenPromise(ChannelHandlerContext context, int bytes) {
            super(context.channel(), context.executor());
            this.bytes = bytes;
        }
    }
}
