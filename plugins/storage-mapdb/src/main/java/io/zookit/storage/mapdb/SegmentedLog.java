package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.model.Check;
import io.zookit.model.Zxid;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log: segments of frames, one frame and one force for each sync.
 *
 * <p>Durability rules. A frame is acknowledged after the force that follows its write. A segment gets its name after its header
 * was forced, and the directory is forced before its first frame; it is begun only after the segment before it was forced. A
 * failed write or force is final: what the disk holds is unknown then, so every later call is refused.
 *
 * <p>Fields without a note belong to the log thread, which must not be interrupted.
 */
final class SegmentedLog implements TransactionLog, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(SegmentedLog.class);
    // A batch that grows beyond this is synced early, which bounds the buffer.
    private static final int FRAME_BYTES_MAX = 16 << 20;

    private final DiskCalls disk;
    private final Path directory;
    private final LogOptions options;
    private final ServerClock clock;
    private final Spares spares;
    private final LongSupplier salts;
    private final LogRecovery recovery;
    private final FrameBuilder frame = new FrameBuilder();
    private final LogPace pace = new LogPace();

    /** Oldest first, never changed in place; replaced under {@link #listLock}, read by all threads. */
    private volatile List<LogSegment> segments;

    private final Object listLock = new Object();
    /** Held while files at the old or the new end are deleted, so that deletions do not mix. */
    private final Object deleteLock = new Object();

    /** Written by the log thread, read by all. */
    private volatile long lastZxid;

    private @Nullable SegmentTail tail;
    // The zxid that the next frame follows. Differs from lastZxid only when the log was emptied by a cut.
    private long chainZxid;
    private boolean rollWanted;
    private boolean sealed = true;
    private @Nullable StorageException failure;

    /**
     * @param spares closed by this log
     * @param salts random numbers
     * @param found what recovery has found
     */
    SegmentedLog(
            DiskCalls disk,
            Path directory,
            LogOptions options,
            ServerClock clock,
            Spares spares,
            LongSupplier salts,
            LogRecovery recovery,
            LogRecovery.Found found) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.clock = clock;
        this.spares = spares;
        this.salts = salts;
        this.recovery = recovery;
        this.segments = found.segments();
        this.tail = found.tail();
        this.lastZxid = found.lastZxid();
        this.chainZxid = found.lastZxid();
        pace.fileBegins(clock.monotonicNanos());
        if (tail == null) {
            spares.request();
        }
    }

    @Override
    public long firstZxid() {
        List<LogSegment> all = segments;
        return all.isEmpty() ? 0 : all.get(0).firstZxid();
    }

    @Override
    public long lastZxid() {
        return lastZxid;
    }

    @Override
    public void append(long zxid, byte[] record) {
        requireUsable();
        long last = frame.isEmpty() ? chainZxid : frame.lastZxid();
        if (zxid <= last) {
            throw new IllegalStateException(
                    "zxid " + Zxid.text(zxid) + " cannot follow " + Zxid.text(last) + " in the log");
        }
        if (frame.paddedLength() >= FRAME_BYTES_MAX) {
            sync();
        }
        frame.add(zxid, record);
    }

    @Override
    public void sync() {
        requireUsable();
        if (frame.isEmpty()) {
            return;
        }
        try {
            SegmentTail target = tailFor(frame.paddedLength());
            target.write(frame, chainZxid);
            sealed = false;
            if (options.forceSync()) {
                force(target);
            }
            publish(target);
        } catch (RuntimeException e) {
            throw fail(e);
        }
        lookAhead();
    }

    private void force(SegmentTail target) {
        long start = clock.monotonicNanos();
        target.force();
        long millis = (clock.monotonicNanos() - start) / 1_000_000;
        if (millis > options.syncWarningMillis()) {
            LOGGER.warn(
                    "Forcing the log took {} ms, which every write waits for. Put {} on a disk of its own. File: {}",
                    millis,
                    directory,
                    target.segment().path());
        }
    }

    private void publish(SegmentTail target) {
        target.publish();
        List<LogSegment> all = segments;
        if (all.isEmpty() || all.get(all.size() - 1) != target.segment()) {
            synchronized (listLock) {
                List<LogSegment> longer = new ArrayList<>(segments);
                longer.add(target.segment());
                segments = List.copyOf(longer);
            }
        }
        chainZxid = frame.lastZxid();
        lastZxid = chainZxid;
        frame.clear(target.end());
    }

    private SegmentTail tailFor(int paddedLength) {
        SegmentTail current = tail;
        if (current != null && current.hasRoomFor(paddedLength) && !(rollWanted && spares.isReady())) {
            return current;
        }
        if (current != null) {
            if (current.isUnsynced()) {
                current.force();
            }
            current.releaseRoom();
            current.close();
            tail = null;
        }
        SegmentTail begun = beginSegment(paddedLength);
        tail = begun;
        rollWanted = false;
        return begun;
    }

    private SegmentTail beginSegment(int paddedLength) {
        SpareFile spare = spares.take(SegmentHeader.BYTES + (long) paddedLength);
        DiskVolume volume = spare.volume();
        try {
            List<LogSegment> all = segments;
            long previousSegment = all.isEmpty() ? 0 : all.get(all.size() - 1).firstZxid();
            SegmentHeader header = new SegmentHeader(salts.getAsLong(), frame.firstZxid(), chainZxid, previousSegment);
            header.write(volume);
            volume.sync();
            Path path = directory.resolve(FileNames.of(FileNames.LOG, header.firstZxid()));
            recovery.nameSegment(volume, path);
            LogSegment segment = new LogSegment(path, header, SegmentHeader.BYTES);
            pace.fileBegins(clock.monotonicNanos());
            return SegmentTail.ofNew(segment, spare);
        } catch (RuntimeException e) {
            volume.close();
            throw e;
        }
    }

    /** Has a file prepared in time; from one that grows the log moves on to it early. */
    private void lookAhead() {
        SegmentTail current = tail;
        if (current == null || !pace.isCalm(clock.monotonicNanos(), current.isHalfFull())) {
            return;
        }
        rollWanted |= !current.isFilled();
        if (rollWanted || current.isHalfFull()) {
            spares.request();
        }
    }

    @Override
    public void roll() {
        // A wish: the next frame that finds a file prepared begins it, and no write waits for that. A log in a hurry
        // has none
        // prepared; its files are full within seconds anyway.
        rollWanted = tail != null;
        lookAhead();
    }

    @Override
    public LogReader read(long afterZxid) {
        return new SegmentedLogReader(disk, () -> segments, afterZxid);
    }

    @Override
    public void purgeBefore(long zxid) {
        synchronized (deleteLock) {
            List<LogSegment> dropped;
            synchronized (listLock) {
                List<LogSegment> all = segments;
                int kept = 0;
                while (kept + 1 < all.size() && all.get(kept + 1).firstZxid() <= zxid) {
                    kept++;
                }
                dropped = all.subList(0, kept);
                segments = List.copyOf(all.subList(kept, all.size()));
            }
            for (LogSegment segment : dropped) {
                recovery.removeSegment(segment.path());
            }
        }
    }

    @Override
    public void truncateAfter(long zxid) {
        requireUsable();
        Check.state(frame.isEmpty(), "nothing may be appended and not synced when the log is cut");
        if (zxid == lastZxid) {
            return;
        }
        synchronized (deleteLock) {
            List<LogSegment> all = segments;
            LogTruncation truncation = new LogTruncation(disk, spares, recovery, salts);
            int keptCount = keptSegments(all, zxid, truncation);
            try {
                cut(all, keptCount, zxid, truncation);
            } catch (RuntimeException e) {
                throw fail(e);
            }
        }
    }

    /** How many segments stay, as a whole or in part. Changes nothing. */
    private int keptSegments(List<LogSegment> all, long zxid, LogTruncation truncation) {
        boolean empties = zxid == 0 || (!all.isEmpty() && all.get(0).header().previousZxid() == zxid);
        int kept = 0;
        while (kept < all.size() && all.get(kept).firstZxid() <= zxid) {
            kept++;
        }
        boolean holds = kept > 0 && zxid <= lastZxid && truncation.contains(all.get(kept - 1), zxid);
        if (!empties && !holds) {
            throw new StorageException(
                    "the log in " + directory + " cannot be cut after zxid " + Zxid.text(zxid)
                            + ": it has no such record, it goes from " + Zxid.text(firstZxid()) + " to "
                            + Zxid.text(lastZxid) + "; nothing was changed",
                    null);
        }
        return kept;
    }

    private void cut(List<LogSegment> all, int keptCount, long zxid, LogTruncation truncation) {
        closeTail();
        List<LogSegment> kept = new ArrayList<>(all.subList(0, keptCount));
        synchronized (listLock) {
            segments = List.copyOf(kept);
        }
        for (int i = all.size() - 1; i >= keptCount; i--) {
            recovery.removeSegment(all.get(i).path());
        }
        if (!kept.isEmpty()) {
            LogSegment last = kept.get(keptCount - 1);
            LogSegment successor = keptCount < all.size() ? all.get(keptCount) : null;
            LogRecovery.End end = recovery.openEnd(last, successor);
            if (end.lastZxid() != zxid) {
                end.tail().close();
                last = truncation.rewrite(last, zxid);
                end = recovery.openEnd(last, null);
                kept.set(keptCount - 1, last);
            }
            tail = end.tail();
            if (end.lastZxid() != zxid) {
                throw new StorageException(
                        last.path() + " ends with zxid " + Zxid.text(end.lastZxid()) + " after it was cut after "
                                + Zxid.text(zxid),
                        null);
            }
        }
        synchronized (listLock) {
            segments = List.copyOf(kept);
        }
        lastZxid = kept.isEmpty() ? 0 : zxid;
        chainZxid = zxid;
        sealed = false;
    }

    private void requireUsable() {
        StorageException before = failure;
        if (before != null) {
            throw new StorageException(
                    "the log in " + directory + " has failed before and takes nothing more: " + before.getMessage(),
                    before);
        }
    }

    private StorageException fail(RuntimeException cause) {
        StorageException reported = cause instanceof StorageException known
                ? known
                : new StorageException("the log in " + directory + " failed: " + cause, cause);
        failure = reported;
        return reported;
    }

    /**
     * Closes the files. After an orderly stop an empty frame seals the log: it witnesses that all before it was synced, so that
     * later damage to the last frame is not taken for a torn write.
     */
    @Override
    public void close() {
        try {
            SegmentTail current = tail;
            frame.clear(current == null ? 0 : current.end());
            if (current != null && failure == null && !sealed && current.hasRoomFor(frame.paddedLength())) {
                current.force();
                current.write(frame, chainZxid);
                current.force();
                sealed = true;
            }
        } finally {
            try {
                closeTail();
            } finally {
                spares.close();
            }
        }
    }

    private void closeTail() {
        SegmentTail current = tail;
        tail = null;
        if (current != null) {
            current.close();
        }
    }
}
