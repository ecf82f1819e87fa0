package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rules of not reading: because the pipeline said so, or because the other side does not read what it is sent. */
interface TransportStopping extends TransportRules {
    /** More than the system's buffers of both sides take. */
    int MORE_THAN_SOCKETS_HOLD = 24 << 20;

    /** More than the system's buffers and the transport's together may take before reading pauses. */
    long TAKEN_BYTES_MAX = 48L << 20;

    @Test
    default void stopsReadingUntilToldToResumeAndOffersTheRestAgain() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline((served, bytes) -> {
            served.note(ServedConnection.peek(bytes));
            bytes.position(bytes.position() + 1);
            return false;
        });
        LoopbackClient client = listen(pipeline).connect();
        ServedConnection served = pipeline.next();
        client.send("abc");
        served.awaitNote("abc");
        pipeline.awaitBatch();
        served.assertNoNote();
        served.connection().resumeReading();
        served.awaitNote("bc");
        pipeline.awaitBatch();
        served.connection().resumeReading();
        served.awaitNote("c");
        pipeline.awaitBatch();
        served.connection().resumeReading();
        served.assertNoNote();
        client.send("d");
        served.awaitNote("d");
    }

    @Test
    default void whileStoppedAFloodIsLeftToTheSystem() throws Exception {
        AtomicBoolean goOn = new AtomicBoolean();
        AtomicLong taken = new AtomicLong();
        ScriptedPipeline pipeline = new ScriptedPipeline((served, bytes) -> {
            if (goOn.get()) {
                taken.addAndGet(bytes.remaining());
                bytes.position(bytes.limit());
                if (bytes.get(bytes.limit() - 1) == 'z') {
                    served.note("end");
                }
                return true;
            }
            return false;
        });
        LoopbackClient client = listen(pipeline).connect();
        ServedConnection served = pipeline.next();
        long sent = client.sendUntilStalled(TAKEN_BYTES_MAX);
        goOn.set(true);
        served.connection().resumeReading();
        client.send("z");
        served.awaitNote("end");
        assertEquals(sent + 1, taken.get());
    }

    @Test
    default void resumingFromWithinTheCallThatStopsCounts() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline((served, bytes) -> {
            served.note(ServedConnection.take(bytes, 1));
            served.connection().resumeReading();
            return false;
        });
        LoopbackClient client = listen(pipeline).connect();
        ServedConnection served = pipeline.next();
        client.send("abc");
        served.awaitNote("a");
        served.awaitNote("b");
        served.awaitNote("c");
        client.send("d");
        served.awaitNote("d");
    }

    @Test
    default void aClientThatDoesNotReadIsNotReadFrom() throws Exception {
        AtomicLong taken = new AtomicLong();
        AtomicLong mostPending = new AtomicLong();
        ScriptedPipeline pipeline = new ScriptedPipeline((served, bytes) -> {
            ByteBuffer all = bytes.slice();
            taken.addAndGet(bytes.remaining());
            for (int i = 0; i < 4; i++) {
                served.connection().send(all);
            }
            mostPending.accumulateAndGet(served.connection().pendingBytes(), Math::max);
            bytes.position(bytes.limit());
            return true;
        });
        LoopbackClient client = listen(pipeline).connect();
        ServedConnection served = pipeline.next();
        long sent = client.sendUntilStalled(TAKEN_BYTES_MAX);
        assertTrue(mostPending.get() < (16L << 20), "held for a client that does not read: " + mostPending);
        assertTrue(served.connection().pendingBytes() > 0, "a slow reader shows as pending bytes");
        client.skip(4 * sent);
        assertEquals(sent, taken.get());
        awaitNothingPending(served);
        client.send("again");
        assertEquals("againagainagainagain", client.readText(20));
    }

    @Test
    default void bothReasonsToPauseMustGo() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline((served, bytes) -> {
            served.note(ServedConnection.take(bytes, 1));
            if (served.connection().pendingBytes() == 0) {
                served.connection().send(ByteBuffer.allocate(MORE_THAN_SOCKETS_HOLD));
            }
            return false;
        });
        LoopbackClient client = listen(pipeline).connect();
        ServedConnection served = pipeline.next();

        client.send("ab");
        served.awaitNote("a");
        pipeline.awaitBatch();
        client.skip(MORE_THAN_SOCKETS_HOLD);
        awaitNothingPending(served);
        // The client has read all, but the pipeline has not resumed.
        served.assertNoNote();

        served.connection().resumeReading();
        served.awaitNote("b");
        pipeline.awaitBatch();
        served.connection().resumeReading();
        client.send("c");
        // The pipeline has resumed, but the client has not read.
        served.assertNoNote();
        client.skip(MORE_THAN_SOCKETS_HOLD);
        served.awaitNote("c");
        client.skip(MORE_THAN_SOCKETS_HOLD);
    }

    /** Waits until the transport knows that the system has taken everything. */
    static void awaitNothingPending(ServedConnection served) {
        long deadline = System.nanoTime() + TransportBench.PATIENCE_MILLIS * 1_000_000;
        while (served.connection().pendingBytes() > 0) {
            assertTrue(
                    System.nanoTime() < deadline,
                    () -> "still pending: " + served.connection().pendingBytes());
            Thread.onSpinWait();
        }
        assertEquals(0, served.connection().pendingBytes());
    }
}
