package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection in a {@link ScriptedPipeline}. */
final class ServedConnection implements ByteReceiver {
    private final ScriptedPipeline pipeline;
    private final Connection connection;
    private final Script script;
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger timesClosed = new AtomicInteger();
    private volatile @Nullable Thread thread;

    /** What a pipeline does with bytes. */
    interface Script {
        boolean received(ServedConnection served, ByteBuffer bytes);

        /** Takes everything and says nothing. */
        Script TAKE_ALL = (served, bytes) -> {
            bytes.position(bytes.limit());
            return true;
        };

        /** Notes everything as text and takes it. */
        Script NOTE_ALL = (served, bytes) -> {
            served.note(take(bytes, bytes.remaining()));
            return true;
        };

        /** Sends everything back. */
        Script ECHO = (served, bytes) -> {
            served.connection().send(bytes);
            bytes.position(bytes.limit());
            return true;
        };
    }

    ServedConnection(ScriptedPipeline pipeline, Connection connection, Script script) {
        this.pipeline = pipeline;
        this.connection = connection;
        this.script = script;
        this.thread = Thread.currentThread();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public boolean received(ByteBuffer bytes) {
        pipeline.delivered();
        checkThread("received()");
        if (timesClosed.get() > 0) {
            pipeline.violation("received() after closed()");
        }
        if (!bytes.hasRemaining()) {
            pipeline.violation("received() without bytes");
        }
        if (bytes.order() != ByteOrder.BIG_ENDIAN) {
            pipeline.violation("received() with a buffer that is not big-endian");
        }
        return script.received(this, bytes);
    }

    @Override
    public void closed() {
        checkThread("closed()");
        timesClosed.incrementAndGet();
        closed.countDown();
    }

    private void checkThread(String call) {
        if (thread != Thread.currentThread()) {
            pipeline.violation(call + " on " + Thread.currentThread() + ", opened on " + thread);
        }
    }

    /** Remembers something for the test to see. */
    void note(String what) {
        notes.add(what);
    }

    void awaitNote(String expected) throws InterruptedException {
        assertEquals(expected, nextNote());
    }

    String nextNote() throws InterruptedException {
        String note = notes.poll(TransportBench.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertNotNull(note, "The pipeline noted nothing");
        return note;
    }

    void assertNoNote() throws InterruptedException {
        assertNull(notes.poll(TransportBench.QUIET_MILLIS, TimeUnit.MILLISECONDS), "noted too early");
    }

    void awaitClosed() throws InterruptedException {
        assertTrue(
                closed.await(TransportBench.PATIENCE_MILLIS, TimeUnit.MILLISECONDS),
                () -> "closed() was not called for " + connection.peer());
    }

    boolean isClosed() {
        return timesClosed.get() > 0;
    }

    int timesClosed() {
        return timesClosed.get();
    }

    @Override
    public String toString() {
        return "the connection from " + connection.peer().remoteAddress();
    }

    /** Takes bytes as text. */
    static String take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return new String(taken, StandardCharsets.ISO_8859_1);
    }

    /** Bytes without taking them. */
    static String peek(ByteBuffer bytes) {
        return take(bytes.duplicate(), bytes.remaining());
    }

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static ByteBuffer number(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }
}
