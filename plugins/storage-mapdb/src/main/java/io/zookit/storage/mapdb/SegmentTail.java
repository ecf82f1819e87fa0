package io.zookit.storage.mapdb;

import io.zookit.disk.DiskBlocks;
import java.nio.ByteBuffer;

/**
 * The end of the newest segment, where frames are added. Used by the log thread.
 *
 * <p>Blocks are written as a whole, so the last one, when it is not full, is written again with the next frame. What was synced of
 * it is the same bytes then: whichever of the two a loss of power leaves of a sector, they are there.
 */
final class SegmentTail {
    private final LogSegment segment;
    private final DiskVolume volume;
    private final long capacity;
    private final boolean isFilled;
    private final ByteBuffer lastBlock = ByteBuffer.allocate(DiskBlocks.BYTES);
    private long end;
    private long syncedOffset;

    /**
     * @param volume open for writing blocks
     * @param capacity how long the file is or may become
     * @param isFilled whether it is full of zeros up to there
     * @param end where the frames end; all before it is synced
     * @param lastBlock what stands in the block of {@code end} before it
     */
    SegmentTail(
            LogSegment segment, DiskVolume volume, long capacity, boolean isFilled, long end, ByteBuffer lastBlock) {
        this.segment = segment;
        this.volume = volume;
        this.capacity = capacity;
        this.isFilled = isFilled;
        this.end = end;
        this.syncedOffset = end;
        this.lastBlock.put(lastBlock).flip();
    }

    /** The end of a segment that was just made of a spare file. */
    static SegmentTail ofNew(LogSegment segment, SpareFile spare) {
        return new SegmentTail(
                segment,
                spare.volume(),
                spare.bytes(),
                spare.isFilled(),
                SegmentHeader.BYTES,
                segment.header().bytes());
    }

    LogSegment segment() {
        return segment;
    }

    boolean hasRoomFor(int paddedLength) {
        return capacity - end >= paddedLength;
    }

    /** Whether the file was full of zeros, as opposed to growing with each frame. */
    boolean isFilled() {
        return isFilled;
    }

    /** Whether it is time to think of the next segment. */
    boolean isHalfFull() {
        return end > capacity / 2;
    }

    /** Whether the end was written since it was forced. */
    boolean isUnsynced() {
        return syncedOffset < end;
    }

    /** Where the frames end. */
    long end() {
        return end;
    }

    /** Writes a frame at the end; does not force. */
    void write(FrameBuilder frame, long previousZxid) {
        int length = frame.paddedLength();
        if (!frame.isEmpty()) {
            segment.index().note(frame.firstZxid(), end);
        }
        ByteBuffer blocks = frame.seal(segment.header(), end, lastBlock, previousZxid, syncedOffset);
        long blocksOffset = end - lastBlock.limit();
        volume.putData(blocksOffset, blocks.duplicate());
        end += length;
        int within = DiskBlocks.within(end);
        lastBlock.clear().limit(within);
        lastBlock.put(0, blocks, (int) (end - within - blocksOffset), within);
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
