package io.zookit.pipeline;

import com.lmax.disruptor.RingBuffer;

/**
 * The way into the log ring: records are put into slots as they are proposed and published together at the end of the turn, so
 * that the log thread is woken once and finds them as one batch.
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

    /** Publishes what was added. */
    void publish() {
        if (first != NOTHING) {
            ring.publish(first, last);
            first = NOTHING;
        }
    }
}
