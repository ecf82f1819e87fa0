package io.zookit.storage.mapdb;

import java.nio.file.Path;

/** One file of the log, as readers see it. Safe for all threads. */
final class LogSegment {
    private final Path path;
    private final SegmentHeader header;
    private final SegmentIndex index = new SegmentIndex();
    private volatile long readableEnd;

    /**
     * @param readableEnd where the durable frames end at most; zeros may stand before it in a segment that was never scanned
     */
    LogSegment(Path path, SegmentHeader header, long readableEnd) {
        this.path = path;
        this.header = header;
        this.readableEnd = readableEnd;
    }

    Path path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    long firstZxid() {
        return header.firstZxid();
    }

    SegmentIndex index() {
        return index;
    }

    /** Readers look at nothing at or after this offset. */
    long readableEnd() {
        return readableEnd;
    }

    /** Lets readers see more. Called by the log thread after a sync. */
    void readableEnd(long offset) {
        readableEnd = offset;
    }
}
