package io.zookit.pipeline;

import com.lmax.disruptor.RingBuffer;

/**
 * The way into the log ring. A server alone puts records into slots as it proposes them and publishes them together at the end of
 * the turn, so that the log thread is woken once and finds them as one batch. In an ensemble the consensus puts in one after the
 * other, as its links bring them. Each way has one thread at a time, and a server uses one of them.
 */
final class LogQueue {
    private static final long NOTHING = -1;

    private final RingBuffer<LogEvent> ring;
    private long first = NOTHING;
    private long last = NOTHING;

    LogQueue(RingBuffer<LogEvent> ring) {
        this.ring = ring;
    }

    /** Adds a record. There is room: credits have seen to it. */
    void add(long zxid, byte[] record) {
        long sequence = ring.next();
        ring.get(sequence).set(zxid, record);
        if (first == NOTHING) {
            first = sequence;
        }
        last = sequence;
    }

    /** Adds a record and publishes it; waits while there is no room. */
    void addAtOnce(long zxid, byte[] record) {
        long sequence = ring.next();
        ring.get(sequence).set(zxid, record);
        ring.publish(sequence);
    }

    /** Adds work for the log thread, to be done when everything before it is durable; waits while there is no room. */
    void addAtOnce(Runnable work) {
        long sequence = ring.next();
        ring.get(sequence).set(work);
        ring.publish(sequence);
    }

    /** Publishes what was added. */
    void publish() {
        if (first != NOTHING) {
            ring.publish(first, last);
            first = NOTHING;
        }
    }
}
