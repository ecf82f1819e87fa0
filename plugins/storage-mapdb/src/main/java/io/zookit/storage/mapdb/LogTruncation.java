package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Cuts a segment after one of its records. Changing it in place could be interrupted halfway, so the records that stay are
 * written to a new file, which then takes the name: a loss of power leaves the one or the other.
 */
final class LogTruncation {
    private final DiskCalls disk;
    private final Spares spares;
    private final LogRecovery recovery;
    private final LongSupplier salts;

    LogTruncation(DiskCalls disk, Spares spares, LogRecovery recovery, LongSupplier salts) {
        this.disk = disk;
        this.spares = spares;
        this.recovery = recovery;
        this.salts = salts;
    }

    /** Whether a segment has a record with exactly this zxid. Checks all frames up to it. */
    boolean contains(LogSegment segment, long zxid) {
        DiskVolume volume = DiskVolume.open(disk, segment.path(), DiskCalls.Access.READ);
        try {
            FrameCursor cursor = new FrameCursor(volume, segment.header(), SegmentHeader.BYTES);
            while (nextFrame(segment, cursor)) {
                while (cursor.nextRecord()) {
                    if (cursor.zxid() >= zxid) {
                        return cursor.zxid() == zxid;
                    }
                }
            }
            return false;
        } finally {
            volume.close();
        }
    }

    /**
     * Replaces a segment by one that ends with a record.
     *
     * @return the new segment; it has to be opened
     */
    LogSegment rewrite(LogSegment segment, long lastZxid) {
        DiskVolume source = DiskVolume.open(disk, segment.path(), DiskCalls.Access.READ);
        try {
            // What stays is never longer than what was there, but the frame that seals it is new.
            SpareFile spare = spares.take(segment.readableEnd() + FrameLayout.HEADER_BYTES);
            DiskVolume target = spare.volume();
            try {
                SegmentHeader old = segment.header();
                SegmentHeader header = new SegmentHeader(
                        salts.getAsLong(), old.firstZxid(), old.previousZxid(), old.previousSegment());
                Path path = segment.path();
                header.write(target);
                LogSegment replacement = new LogSegment(path, header, SegmentHeader.BYTES);
                copy(segment, source, lastZxid, SegmentTail.ofNew(replacement, spare));
                target.sync();
                recovery.nameSegment(target, path);
                return replacement;
            } finally {
                target.close();
            }
        } finally {
            source.close();
        }
    }

    private static void copy(LogSegment segment, DiskVolume source, long lastZxid, SegmentTail target) {
        FrameCursor cursor = new FrameCursor(source, segment.header(), SegmentHeader.BYTES);
        FrameBuilder frame = new FrameBuilder();
        long previousZxid = segment.header().previousZxid();
        while (previousZxid < lastZxid && nextFrame(segment, cursor)) {
            frame.clear(target.end());
            while (cursor.nextRecord() && cursor.zxid() <= lastZxid) {
                frame.add(cursor.zxid(), cursor.record());
            }
            if (!frame.isEmpty()) {
                target.claimSynced();
                target.write(frame, previousZxid);
                previousZxid = frame.lastZxid();
            }
        }
        frame.clear(target.end());
        target.claimSynced();
        target.write(frame, previousZxid);
    }

    private static boolean nextFrame(LogSegment segment, FrameCursor cursor) {
        FrameCursor.Step step = cursor.next(segment.readableEnd());
        if (step == FrameCursor.Step.BAD) {
            throw LogRecovery.damaged(segment, cursor.offset(), cursor.problem());
        }
        return step == FrameCursor.Step.FRAME;
    }
}
