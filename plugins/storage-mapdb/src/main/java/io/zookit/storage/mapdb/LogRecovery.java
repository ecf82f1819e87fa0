package io.zookit.storage.mapdb;

import io.zookit.disk.DiskBlocks;
import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.Remedies;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of the log after a stop of any kind.
 *
 * <p>The rule: where the last segment has no valid frame, at X, the log ends, and what stands there is the torn end of a write
 * that was never acknowledged; it is cut. Unless something shows that X was synced: a valid frame further on that says so, or a
 * later segment, which is created only after the one before is synced. Then the bytes were damaged later, and nothing is cut.
 * Segments before the last one are checked when they are read.
 */
final class LogRecovery {
    /**
     * What was found.
     *
     * @param segments all segments, oldest first
     * @param tail where the newest one ends; {@code null} when there is none
     * @param lastZxid the zxid of the last record, 0 when there is none
     */
    record Found(List<LogSegment> segments, @Nullable SegmentTail tail, long lastZxid) {}

    /**
     * An opened end of a segment.
     *
     * @param tail where frames can be added
     * @param lastZxid the zxid of its last record, or of the one before when it has none
     * @param hasRecords whether it has any
     */
    record End(SegmentTail tail, long lastZxid, boolean hasRecords) {}

    private final DiskCalls disk;
    private final Path directory;
    private final List<String> repairs;

    /**
     * @param repairs gets a line for each thing that is repaired
     */
    LogRecovery(DiskCalls disk, Path directory, List<String> repairs) {
        this.disk = disk;
        this.directory = directory;
        this.repairs = repairs;
    }

    /**
     * Reads the headers of all segments and the whole of the last one.
     *
     * @throws CorruptStorageException when something synced is damaged or missing
     */
    Found recover() {
        List<LogSegment> segments = readHeaders();
        LogSegment removed = null;
        while (!segments.isEmpty()) {
            LogSegment last = segments.get(segments.size() - 1);
            End end = openEnd(last, removed);
            if (end.hasRecords()) {
                return new Found(List.copyOf(segments), end.tail(), end.lastZxid());
            }
            // The power failed after the segment was made and before its first frame was synced.
            end.tail().close();
            removeSegment(last.path());
            repairs.add(last.path() + ": removed, it had no transactions yet");
            segments.remove(segments.size() - 1);
            removed = last;
        }
        return new Found(List.of(), null, 0);
    }

    private List<LogSegment> readHeaders() {
        List<LogSegment> segments = new ArrayList<>();
        long previous = 0;
        for (long zxid : FileNames.zxids(disk, directory, FileNames.LOG)) {
            Path path = directory.resolve(FileNames.of(FileNames.LOG, zxid));
            DiskVolume volume = DiskVolume.open(disk, path, DiskCalls.Access.READ);
            try {
                SegmentHeader header = SegmentHeader.read(volume, zxid);
                if (!segments.isEmpty() && header.previousSegment() != previous) {
                    throw new CorruptStorageException(path + " follows "
                            + FileNames.of(FileNames.LOG, header.previousSegment())
                            + ", which is missing in this directory; " + Remedies.LOG);
                }
                segments.add(new LogSegment(path, header, volume.length()));
            } finally {
                volume.close();
            }
            previous = zxid;
        }
        return segments;
    }

    /**
     * Reads a segment to its end, cuts what is torn, and forces it: what survived in the system's memory only counts as durable
     * from here on.
     *
     * @param successor a later segment that exists or has existed, {@code null} for none: this one was synced as a whole then
     * @throws CorruptStorageException when something synced is damaged
     */
    End openEnd(LogSegment segment, @Nullable LogSegment successor) {
        DiskVolume volume = DiskVolume.open(disk, segment.path(), DiskCalls.Access.WRITE);
        try {
            SegmentHeader header = segment.header();
            long capacity = volume.length();
            FrameCursor cursor = new FrameCursor(volume, header, SegmentHeader.BYTES);
            long lastZxid = header.previousZxid();
            boolean hasRecords = false;
            FrameCursor.Step step;
            while ((step = cursor.next(capacity)) == FrameCursor.Step.FRAME) {
                requireChain(segment, cursor, lastZxid, hasRecords);
                segment.index().note(cursor.firstZxid(), cursor.offset());
                lastZxid = cursor.lastZxid();
                hasRecords |= cursor.hasRecords();
            }
            long end = cursor.offset();
            TailScan scan = TailScan.of(volume, header, end);
            String problem = step == FrameCursor.Step.BAD ? cursor.problem() : "no frame begins here";
            if (scan.witnessOffset() >= 0) {
                throw damaged(
                        segment,
                        end,
                        problem + ", but the valid frame at offset " + scan.witnessOffset()
                                + " shows that it was synced");
            }
            if (successor != null
                    && (scan.isTorn(end) || lastZxid != successor.header().previousZxid())) {
                throw damaged(segment, end, problem + ", but a later log file existed, so it was synced");
            }
            if (scan.isTorn(end)) {
                Zeros.write(volume, end, scan.nonZeroEnd());
                repairs.add(segment.path() + ": cut " + (scan.nonZeroEnd() - end)
                        + " bytes of an unfinished write at offset " + end + ", after zxid " + Zxid.text(lastZxid));
            }
            volume.sync();
            segment.readableEnd(end);
            return new End(reopen(segment, volume, capacity, end), lastZxid, hasRecords);
        } finally {
            volume.close();
        }
    }

    private SegmentTail reopen(LogSegment segment, DiskVolume volume, long capacity, long end) {
        byte[] lastBlock = new byte[DiskBlocks.within(end)];
        volume.getData(end - lastBlock.length, lastBlock, 0, lastBlock.length);
        DiskVolume blocks = DiskVolume.open(disk, segment.path(), DiskCalls.Access.WRITE_BLOCKS);
        return new SegmentTail(segment, blocks, capacity, true, end, ByteBuffer.wrap(lastBlock));
    }

    private static void requireChain(LogSegment segment, FrameCursor cursor, long lastZxid, boolean hasRecords) {
        if (cursor.previousZxid() != lastZxid) {
            throw damaged(
                    segment,
                    cursor.offset(),
                    "the frame follows zxid " + Zxid.text(cursor.previousZxid()) + ", the one before it ends with "
                            + Zxid.text(lastZxid));
        }
        if (!hasRecords && cursor.hasRecords() && cursor.firstZxid() != segment.firstZxid()) {
            throw damaged(segment, cursor.offset(), "the first record has zxid " + Zxid.text(cursor.firstZxid()));
        }
    }

    /** The exception for bytes that are not what was written. */
    static CorruptStorageException damaged(LogSegment segment, long offset, String problem) {
        return new CorruptStorageException(
                segment.path() + " is damaged at offset " + offset + ": " + problem + "; " + Remedies.LOG);
    }

    /**
     * Deletes a segment, durably before anything else happens: otherwise a later deletion could survive a loss of power, and
     * this one not, and the log would have a hole.
     */
    void removeSegment(Path path) {
        try {
            disk.delete(path);
            disk.forceDirectory(directory);
        } catch (IOException e) {
            throw DiskFailure.of("delete", path, e);
        }
    }

    /**
     * Gives a new segment, forced before, its name.
     *
     * @throws StorageException when that fails
     */
    void nameSegment(DiskVolume volume, Path path) {
        try {
            disk.rename(volume.path(), path);
            disk.forceDirectory(directory);
        } catch (IOException e) {
            throw DiskFailure.of("create", path, e);
        }
    }
}
