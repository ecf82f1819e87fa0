package io.zookit.benchmarks;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One connection under load: keeps its requests outstanding and checks each reply. Driver's thread only. Nothing is allocated per
 * request: one read takes what the socket holds, one write sends what may be sent.
 */
final class LoadConnection {
    private static final int LENGTH_BYTES = 4;
    private static final int REPLY_HEADER_BYTES = 16;
    private static final int ERROR_OFFSET = LENGTH_BYTES + 12;
    private static final int ROOM_FOR_REPLIES = 4_096;

    private final ClientSocket socket;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final FrameBlock frames;
    private final LatencyHistogram histogram;
    private final ByteBuffer input;
    private final int inFlight;
    private final Workload workload;
    private final int valueBytes;
    private final int firstXid;
    private final long[] sentAt;
    private int lastSent;
    private int lastReceived;
    private int requestsSent;
    private int limit = Integer.MAX_VALUE;

    /**
     * Takes a connection over.
     *
     * @param workload what is sent, and so what the replies must be
     * @param valueBytes length of the data of each znode
     */
    LoadConnection(
            ClientSocket socket,
            Selector selector,
            FrameBlock frames,
            int inFlight,
            Workload workload,
            int valueBytes,
            LatencyHistogram histogram)
            throws IOException {
        this.socket = socket;
        this.channel = socket.channel();
        this.frames = frames;
        this.histogram = histogram;
        this.inFlight = inFlight;
        this.workload = workload;
        this.valueBytes = valueBytes;
        this.firstXid = socket.lastXid() + 1;
        int longestReply = Workload.GET.replyBodyBytes(valueBytes);
        this.input = ByteBuffer.allocateDirect(
                inFlight * (LENGTH_BYTES + REPLY_HEADER_BYTES + longestReply) + ROOM_FOR_REPLIES);
        this.sentAt = new long[Integer.highestOneBit(inFlight) * 2];
        this.lastSent = socket.lastXid();
        this.lastReceived = lastSent;
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends no more than this many requests in all; 0 stops at once. */
    void limit(int requests) {
        limit = requests;
    }

    int requestsSent() {
        return requestsSent;
    }

    /** Whether every request was answered. */
    boolean isIdle() {
        return lastSent == lastReceived;
    }

    /**
     * Takes the replies that are there.
     *
     * @return how many
     * @throws ProtocolException when one is not what it must be, or the server has closed the connection
     */
    int receive() throws IOException {
        if (channel.read(input) < 0) {
            throw new ProtocolException("the server closed the connection");
        }
        long now = System.nanoTime();
        int end = input.position();
        int start = 0;
        int first = lastReceived;
        while (end - start >= LENGTH_BYTES + REPLY_HEADER_BYTES) {
            int replyBytes = replyBytes(lastReceived + 1);
            check(start, replyBytes);
            if (end - start < LENGTH_BYTES + replyBytes) {
                break;
            }
            lastReceived++;
            histogram.add(now - sentAt[lastReceived & (sentAt.length - 1)]);
            start += LENGTH_BYTES + replyBytes;
        }
        if (start == end) {
            input.clear();
        } else if (start > 0) {
            input.limit(end).position(start);
            input.compact();
        }
        return lastReceived - first;
    }

    /** Writes what is due: the rest of the last round, or a new round for the replies taken since. */
    void send() throws IOException {
        ByteBuffer unwritten = frames.unwritten();
        if (!unwritten.hasRemaining()) {
            int count = Math.min(inFlight - (lastSent - lastReceived), limit - requestsSent);
            if (count <= 0) {
                return;
            }
            frames.ready(count, lastSent, requestsSent);
            stamp(count);
        }
        channel.write(unwritten);
        int interest = unwritten.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    /** Asks for the end of the session; the answer is not waited for. */
    void endSession() throws IOException {
        socket.endSession(lastSent);
    }

    private void stamp(int count) {
        long now = System.nanoTime();
        for (int index = 0; index < count; index++) {
            lastSent++;
            sentAt[lastSent & (sentAt.length - 1)] = now;
        }
        requestsSent += count;
    }

    private int replyBytes(int xid) {
        return REPLY_HEADER_BYTES + workload.at(xid - firstXid).replyBodyBytes(valueBytes);
    }

    /** Looks at the header only, so that a reply of a wrong length fails at once and is not waited for. */
    private void check(int start, int replyBytes) throws ProtocolException {
        int length = input.getInt(start);
        int xid = input.getInt(start + LENGTH_BYTES);
        int error = input.getInt(start + ERROR_OFFSET);
        if (xid != lastReceived + 1 || error != 0 || length != replyBytes) {
            throw new ProtocolException(
                    "expected xid %d and a reply of %d bytes; the server sent xid %d, error %d and %d bytes"
                            .formatted(lastReceived + 1, replyBytes, xid, error, length));
        }
    }
}
