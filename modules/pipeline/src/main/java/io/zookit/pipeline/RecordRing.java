package io.zookit.pipeline;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records on their way from the owner of the state to the log thread, one behind the other in one array that is gone round and round:
 * it stays in the processor's cache, and nothing is left behind for the collector. A record that finds no room gets an array of its
 * own.
 *
 * <p>The owner alone puts records in, the log thread alone takes them out, in the same order.
 */
final class RecordRing {
    /** With the header of the array one mebibyte, which the collector never moves. */
    static final int BYTES = (1 << 20) - 64;

    private static final int NO_ROOM = -1;

    private final byte[] bytes;
    /** Where the last record that is kept ends. The owner's. */
    private int head;

    /** Where the last record that was released ends. When that is {@link #head}, there is none left. */
    private final AtomicInteger tail = new AtomicInteger();

    /**
     * @param size bytes of the array; with 0 there is never room, for a consensus that needs each record in an array of its own
     */
    RecordRing(int size) {
        bytes = new byte[size];
    }

    /** The array. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Where a record of so many bytes may be put; nothing is taken until it is kept.
     *
     * @return the offset, -1 when there is no room
     */
    int room(int length) {
        int released = tail.getAcquire();
        if (head < released) {
            return length < released - head ? head : NO_ROOM;
        }
        if (length <= bytes.length - head) {
            return head;
        }
        return length < released ? 0 : NO_ROOM;
    }

    /**
     * Keeps the record that was put where there was room.
     *
     * @param end where it ends
     */
    void keep(int end) {
        head = end;
    }

    /**
     * The oldest record that was kept may be written over.
     *
     * @param end where it ends
     */
    void release(int end) {
        tail.setRelease(end);
    }
}
