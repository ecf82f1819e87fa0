package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.ConnectionHandler;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A pipeline that does what a test says, and watches over the order and the thread of the calls it gets. */
final class ScriptedPipeline implements ConnectionHandler {
    private final ServedConnection.Script script;
    private final BlockingQueue<ServedConnection> opened = new LinkedBlockingQueue<>();
    private final Queue<ServedConnection> all = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Set<Thread> owedBatchEnd = ConcurrentHashMap.newKeySet();
    private final Semaphore batches = new Semaphore(0);
    private final Runnable atBatchEnd;

    ScriptedPipeline(ServedConnection.Script script) {
        this(script, () -> {});
    }

    ScriptedPipeline(ServedConnection.Script script, Runnable atBatchEnd) {
        this.script = script;
        this.atBatchEnd = atBatchEnd;
    }

    @Override
    public ByteReceiver opened(Connection connection) {
        ServedConnection served = new ServedConnection(this, connection, script);
        all.add(served);
        opened.add(served);
        return served;
    }

    @Override
    public void batchEnded() {
        if (!owedBatchEnd.remove(Thread.currentThread())) {
            violation("batchEnded() without received() before it on " + Thread.currentThread());
        }
        atBatchEnd.run();
        batches.release();
    }

    void delivered() {
        owedBatchEnd.add(Thread.currentThread());
    }

    void violation(String what) {
        violations.add(what);
    }

    /** The next connection that was accepted. */
    ServedConnection next() throws InterruptedException {
        ServedConnection served = opened.poll(TransportBench.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertNotNull(served, "No connection was accepted");
        return served;
    }

    /** Waits until a batch has ended that nobody has waited for yet. */
    void awaitBatch() throws InterruptedException {
        assertTrue(batches.tryAcquire(TransportBench.PATIENCE_MILLIS, TimeUnit.MILLISECONDS), "No batch ended");
    }

    /** Batches that have ended and were not waited for. */
    int batches() {
        return batches.availablePermits();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    void assertAllClosedOnce() throws InterruptedException {
        for (ServedConnection served : all) {
            served.awaitClosed();
            assertEquals(1, served.timesClosed(), "calls of closed() for " + served);
        }
        assertEquals(Set.of(), owedBatchEnd, "threads that delivered bytes and never ended the batch");
    }

    /** Lets go of the connections, so that a test can see them collected. */
    void forget() {
        all.clear();
        opened.clear();
    }
}
