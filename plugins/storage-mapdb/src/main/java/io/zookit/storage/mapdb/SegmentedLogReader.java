package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log while it is written. It opens each segment for itself, so that neither a purge nor the log thread can pull a
 * file away from under it, and an interrupt of its thread closes no file of the log.
 */
final class SegmentedLogReader implements LogReader {
    private final DiskCalls disk;
    private final Supplier<List<LogSegment>> log;
    private final long afterZxid;
    private @Nullable LogSegment segment;
    private @Nullable DiskVolume volume;
    private @Nullable FrameCursor cursor;
    // The zxid the next frame has to follow; not known after a start in the middle of a segment.
    private long lastZxid;
    private boolean lastZxidKnown;

    /**
     * @param log the segments at this moment, oldest first
     */
    SegmentedLogReader(DiskCalls disk, Supplier<List<LogSegment>> log, long afterZxid) {
        this.disk = disk;
        this.log = log;
        this.afterZxid = afterZxid;
    }

    @Override
    public boolean next() {
        FrameCursor frames = cursor == null ? openFirst() : cursor;
        while (frames != null) {
            while (frames.nextRecord()) {
                if (frames.zxid() > afterZxid) {
                    return true;
                }
            }
            frames = nextFrame(frames);
        }
        return false;
    }

    private @Nullable FrameCursor openFirst() {
        LogSegment first = null;
        for (LogSegment candidate : log.get()) {
            if (first == null || candidate.firstZxid() <= afterZxid) {
                first = candidate;
            }
        }
        return first == null ? null : open(first, first.index().startFor(afterZxid));
    }

    private FrameCursor open(LogSegment next, long offset) {
        closeVolume();
        DiskVolume opened = DiskVolume.open(disk, next.path(), DiskCalls.Access.READ);
        volume = opened;
        if (SegmentHeader.read(opened, next.firstZxid()).salt() != next.header().salt()) {
            throw changed();
        }
        segment = next;
        if (offset == SegmentHeader.BYTES) {
            lastZxid = next.header().previousZxid();
            lastZxidKnown = true;
        }
        FrameCursor frames = new FrameCursor(opened, next.header(), offset);
        cursor = frames;
        return frames;
    }

    /** The cursor at the next frame, or {@code null} when there is none yet. */
    private @Nullable FrameCursor nextFrame(FrameCursor frames) {
        LogSegment current = java.util.Objects.requireNonNull(segment);
        // In this order: a successor appears after its predecessor has got its last frame.
        LogSegment successor = successorOf(current);
        long limit = current.readableEnd();
        switch (frames.next(limit)) {
            case FRAME -> {
                if (lastZxidKnown && frames.previousZxid() != lastZxid) {
                    throw damaged(current, frames, "the frame does not follow the one before it");
                }
                current.index().note(frames.firstZxid(), frames.offset());
                lastZxid = frames.lastZxid();
                lastZxidKnown = true;
                return frames;
            }
            case BAD -> throw damaged(current, frames, frames.problem());
            case END -> {
                if (successor == null) {
                    if (frames.offset() < limit) {
                        throw damaged(current, frames, "no frame begins here");
                    }
                    return null;
                }
                if (lastZxid != successor.header().previousZxid()) {
                    if (!log.get().contains(current)) {
                        throw changed();
                    }
                    throw damaged(
                            current,
                            frames,
                            "no frame begins here, but the next log file follows zxid "
                                    + Zxid.text(successor.header().previousZxid()));
                }
                return open(successor, SegmentHeader.BYTES);
            }
        }
        throw new IllegalStateException("every step is handled");
    }

    private @Nullable LogSegment successorOf(LogSegment current) {
        for (LogSegment candidate : log.get()) {
            if (candidate.firstZxid() > current.firstZxid()) {
                return candidate;
            }
        }
        return null;
    }

    private static CorruptStorageException damaged(LogSegment segment, FrameCursor frames, String problem) {
        return LogRecovery.damaged(segment, frames.offset(), problem);
    }

    private static StorageException changed() {
        return new StorageException("the log was cut while it was read; read it again", null);
    }

    @Override
    public long zxid() {
        return current().zxid();
    }

    @Override
    public ByteBuffer record() {
        return current().record();
    }

    private FrameCursor current() {
        FrameCursor frames = cursor;
        if (frames == null) {
            throw new IllegalStateException("there is a record only after next() has said so");
        }
        return frames;
    }

    @Override
    public void close() {
        cursor = null;
        closeVolume();
    }

    private void closeVolume() {
        DiskVolume open = volume;
        volume = null;
        if (open != null) {
            open.close();
        }
    }
}
