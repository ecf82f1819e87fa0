package io.zookit.tck;

import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.PeerFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link SelectorTransport}. What others send is handed to its thread in a queue under a lock. */
final class SelectorConnection implements Connection {
    private static final long WRITE_HIGH_BYTES = 256 * 1024;
    private static final long WRITE_LOW_BYTES = 64 * 1024;

    private final SelectorTransport transport;
    private final SocketChannel channel;
    private final PeerFacts peer;
    private final ArrayDeque<ByteBuffer> outgoing = new ArrayDeque<>();
    private byte[] left = new byte[0];
    private @Nullable SelectionKey key;
    private @Nullable ByteReceiver receiver;
    private long overdueNanos;
    private volatile long pendingBytes;
    private volatile boolean closing;
    private boolean touched;
    private boolean stopped;
    private boolean slow;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean lingers = true;
    private boolean gone;

    SelectorConnection(SelectorTransport transport, SocketChannel channel) throws IOException {
        this.transport = transport;
        this.channel = channel;
        this.peer = new PeerFacts(
                (InetSocketAddress) channel.getRemoteAddress(),
                (InetSocketAddress) channel.getLocalAddress(),
                List.of());
    }

    void open(SelectionKey key, ConnectionHandler handler) {
        this.key = key;
        try {
            receiver = handler.opened(this);
        } catch (RuntimeException failure) {
            drop();
        }
    }

    @Override
    public PeerFacts peer() {
        return peer;
    }

    @Override
    public void send(ByteBuffer bytes) {
        if (closing || !bytes.hasRemaining()) {
            return;
        }
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        synchronized (outgoing) {
            outgoing.add(copy);
            pendingBytes += copy.remaining();
        }
        touchFromAnywhere();
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void resumeReading() {
        transport.execute(() -> {
            stopped = false;
            offerAgain();
        });
    }

    @Override
    public void close() {
        closing = true;
        touchFromAnywhere();
    }

    void closeNow() {
        closing = true;
        lingers = false;
        touch();
    }

    boolean isClosing() {
        return closing;
    }

    void cutIfOverdue(long nowNanos) {
        if (overdueNanos != 0 && nowNanos - overdueNanos > 0) {
            drop();
        }
    }

    private void touchFromAnywhere() {
        if (transport.onThread()) {
            touch();
        } else {
            transport.execute(this::touch);
        }
    }

    void touch() {
        if (!touched && !gone) {
            touched = true;
            transport.touched(this);
        }
    }

    void readable() {
        ByteBuffer input = transport.receiveBuffer();
        try {
            int count = channel.read(input);
            if (count < 0) {
                inputEnded = true;
                touch();
            } else if (count > 0 && !closing) {
                int before = left.length;
                left = Arrays.copyOf(left, before + count);
                input.flip().get(left, before, count);
                offerAgain();
            }
        } catch (IOException reset) {
            drop();
        }
    }

    private void offerAgain() {
        if (left.length > 0 && !closing && !stopped && !slow && receiver != null) {
            transport.delivered();
            ByteBuffer bytes = ByteBuffer.wrap(left);
            try {
                stopped = !receiver.received(bytes);
            } catch (RuntimeException failure) {
                closing = true;
            }
            left = Arrays.copyOfRange(left, bytes.position(), left.length);
        }
        touch();
    }

    void endRound() {
        touched = false;
        if (gone) {
            return;
        }
        try {
            write();
            if (inputEnded && !stopped && !slow) {
                closing = true;
            }
            if (closing) {
                finish();
            }
            if (!gone && key != null) {
                boolean read = !inputEnded && (closing || (!stopped && !slow));
                key.interestOps((read ? SelectionKey.OP_READ : 0) | (pendingBytes > 0 ? SelectionKey.OP_WRITE : 0));
            }
        } catch (IOException reset) {
            drop();
        }
    }

    private void write() throws IOException {
        synchronized (outgoing) {
            while (!outgoing.isEmpty() && pendingBytes > 0) {
                long written = channel.write(outgoing.toArray(new ByteBuffer[0]));
                pendingBytes -= written;
                while (!outgoing.isEmpty() && !outgoing.element().hasRemaining()) {
                    outgoing.remove();
                }
                if (written == 0) {
                    break;
                }
            }
        }
        if (pendingBytes > WRITE_HIGH_BYTES) {
            slow = true;
        } else if (slow && pendingBytes <= WRITE_LOW_BYTES) {
            slow = false;
            offerAgain();
        }
    }

    private void finish() throws IOException {
        left = new byte[0];
        if (overdueNanos == 0) {
            overdueNanos = System.nanoTime() + SelectorTransport.CLOSE_TIMEOUT_NANOS;
        }
        if (pendingBytes == 0 && (inputEnded || !lingers)) {
            drop();
        } else if (pendingBytes == 0 && !outputEnded) {
            outputEnded = true;
            channel.shutdownOutput();
        }
    }

    private void drop() {
        if (gone) {
            return;
        }
        gone = true;
        closing = true;
        synchronized (outgoing) {
            outgoing.clear();
            pendingBytes = 0;
        }
        try {
            channel.close();
        } catch (IOException nothingToLose) {
            System.getLogger("selector").log(System.Logger.Level.DEBUG, "Could not close", nothingToLose);
        }
        if (receiver != null) {
            receiver.closed();
        }
        transport.gone(this);
    }
}
