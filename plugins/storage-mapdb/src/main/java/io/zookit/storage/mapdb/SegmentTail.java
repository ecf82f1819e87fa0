package io.zookit.storage.mapdb;

/** The end of the newest segment, where frames are added. Used by the log thread. */
final class SegmentTail {
    private final LogSegment segment;
    private final DiskVolume volume;
    private final long capacity;
    private long end;
    private long syncedOffset;

    /**
     * @param volume open for writing
     * @param capacity how far the file is filled with zeros
     * @param end where the frames end; all before it is synced
     */
    SegmentTail(LogSegment segment, DiskVolume volume, long capacity, long end) {
        this.segment = segment;
        this.volume = volume;
        this.capacity = capacity;
        this.end = end;
        this.syncedOffset = end;
    }

    LogSegment segment() {
        return segment;
    }

    boolean hasRoomFor(int paddedLength) {
        return capacity - end >= paddedLength;
    }

    /** Whether it is time to think of the next segment. */
    boolean isHalfFull() {
        return end > capacity / 2;
    }

    /** Whether the end was written since it was forced. */
    boolean isUnsynced() {
        return syncedOffset < end;
    }

    /** Writes a frame at the end; does not force. */
    void write(FrameBuilder frame, long previousZxid) {
        int length = frame.paddedLength();
        if (!frame.isEmpty()) {
            segment.index().note(frame.firstZxid(), end);
        }
        volume.putData(end, frame.seal(segment.header(), end, previousZxid, syncedOffset));
        end += length;
    }

    void force() {
        volume.sync();
        syncedOffset = end;
    }

    /** Has the next frame say that all before it is synced: true once this file, forced as a whole, gets its name. */
    void claimSynced() {
        syncedOffset = end;
    }

    /** Shows readers all that was written. */
    void publish() {
        segment.readableEnd(end);
    }

    /** Gives unused room back to the system. That may get lost: zeros at the end mean the same. */
    void releaseRoom() {
        if (end < capacity) {
            volume.truncate(end);
        }
    }

    void close() {
        volume.close();
    }
}
