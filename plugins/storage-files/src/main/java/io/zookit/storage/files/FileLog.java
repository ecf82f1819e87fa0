package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.DiskFile;
import io.zookit.model.Check;
import io.zookit.model.Zxid;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log in files. What is appended waits in memory; a sync is one write and one force. A file is begun by the first entries
 * after a start, after {@link #roll} and after a cut, and nothing is ever added to an older one.
 *
 * <p>The order that keeps it whole through a loss of power: a file is complete and forced before it gets its name; the file before
 * it is ended and forced before that; files are deleted one by one, each deletion made durable before the next.
 */
final class FileLog implements TransactionLog, AutoCloseable {
    private static final int PENDING_BYTES = 1 << 16;

    private final DiskCalls disk;
    private final Path directory;
    private final LogOptions options;
    private final ServerClock clock;
    private final Runnable beforeFirstEntry;
    private final Object filesLock = new Object();
    private volatile List<LogFile> files;
    private volatile long lastZxid;
    private @Nullable LogWriting writing;
    private ByteBuffer pending = ByteBuffer.allocate(PENDING_BYTES);
    private long pendingFirst;
    private long lastAppended;
    private boolean rollBeforePending;
    private boolean rollAfterPending;
    private boolean failed;

    /**
     * @param beforeFirstEntry run before the log gets its first file
     */
    FileLog(
            DiskCalls disk,
            Path directory,
            LogOptions options,
            ServerClock clock,
            LogRecovery.Found found,
            Runnable beforeFirstEntry) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.clock = clock;
        this.beforeFirstEntry = beforeFirstEntry;
        this.files = found.files();
        this.lastZxid = found.lastZxid();
        this.lastAppended = lastZxid;
    }

    @Override
    public long firstZxid() {
        List<LogFile> current = files;
        return current.isEmpty() ? 0 : current.get(0).firstZxid();
    }

    @Override
    public long lastZxid() {
        return lastZxid;
    }

    @Override
    public void append(long zxid, byte[] record) {
        requireSound();
        Check.state(zxid > lastAppended, "zxids only grow: " + Zxid.text(zxid) + " after " + Zxid.text(lastAppended));
        Check.state(LogFormat.zxidOf(record) == zxid, "the record of " + Zxid.text(zxid) + " has another zxid");
        int bytes = LogFormat.entryBytes(record.length);
        if (pending.remaining() < bytes) {
            int wanted = Math.max(pending.position() + bytes, 2 * pending.capacity());
            pending = ByteBuffer.allocate(wanted).put(pending.flip());
        }
        if (pending.position() == 0) {
            pendingFirst = zxid;
        }
        LogFormat.putEntry(pending, record);
        lastAppended = zxid;
    }

    private void requireSound() {
        if (failed) {
            throw new StorageException("an earlier write to the log in " + directory + " has failed; restart", null);
        }
    }

    @Override
    public void sync() {
        requireSound();
        if (pending.position() == 0) {
            return;
        }
        try {
            write(pending.flip());
        } catch (IOException e) {
            failed = true;
            throw DiskFailure.of("write the log in", directory, e);
        } catch (StorageException e) {
            failed = true;
            throw e;
        }
        lastZxid = lastAppended;
        pending.clear();
        if (pending.capacity() > options.growthBytes()) {
            pending = ByteBuffer.allocate(PENDING_BYTES);
        }
        rollBeforePending = rollAfterPending;
        rollAfterPending = false;
    }

    private void write(ByteBuffer entries) throws IOException {
        if (rollBeforePending) {
            finishFile();
        }
        LogWriting current = writing;
        if (current != null) {
            current.add(entries);
            return;
        }
        if (files.isEmpty()) {
            beforeFirstEntry.run();
        }
        Path path = directory.resolve(FileNames.of(FileNames.LOG, pendingFirst));
        LogWriting created = LogWriting.create(disk, path, pendingFirst, entries, options, clock);
        writing = created;
        synchronized (filesLock) {
            List<LogFile> more = new ArrayList<>(files);
            more.add(created.entry());
            files = List.copyOf(more);
        }
    }

    private void finishFile() throws IOException {
        LogWriting current = writing;
        writing = null;
        if (current != null) {
            try (current) {
                current.finish();
            }
        }
    }

    @Override
    public LogReader read(long afterZxid) {
        return new FileLogReader(disk, () -> files, afterZxid);
    }

    @Override
    public void truncateAfter(long zxid) {
        requireSound();
        Check.state(pending.position() == 0, "everything appended is synced before a cut");
        if (zxid == lastZxid) {
            return;
        }
        try {
            finishFile();
            if (zxid == 0) {
                deleteFrom(0);
                lastZxid = 0;
            } else {
                cut(zxid);
            }
            lastAppended = lastZxid;
        } catch (IOException e) {
            failed = true;
            throw DiskFailure.of("cut the log in", directory, e);
        }
    }

    private void cut(long zxid) throws IOException {
        List<LogFile> all = files;
        int index = -1;
        while (index + 1 < all.size() && all.get(index + 1).firstZxid() <= zxid) {
            index++;
        }
        long end = index < 0 ? -1 : endOf(all.get(index), zxid);
        if (end < 0) {
            throw new StorageException(
                    "the log in " + directory + " cannot be cut after " + Zxid.text(zxid) + ": it goes from "
                            + Zxid.text(firstZxid()) + " to " + Zxid.text(lastZxid)
                            + " and does not have that transaction. Nothing was changed",
                    null);
        }
        deleteFrom(index + 1);
        LogFile last = all.get(index);
        try (DiskFile file = disk.open(last.path(), DiskCalls.Access.WRITE)) {
            LogRecovery.cut(file, end, true);
        }
        last.end(end);
        Check.state(endOf(last, zxid) == end, "the log ends with " + Zxid.text(zxid) + " after it was cut there");
        lastZxid = zxid;
    }

    /** Where the entry of a zxid ends in a file, -1 when it is not there. */
    private long endOf(LogFile log, long zxid) throws IOException {
        long end = -1;
        try (DiskFile file = disk.open(log.path(), DiskCalls.Access.READ)) {
            LogCursor cursor = new LogCursor(file, log.path());
            long limit = log.endIsKnown() ? log.end() : file.length();
            while (cursor.next(limit) == LogCursor.Step.ENTRY && cursor.zxid() <= zxid) {
                // A foreign log may hold a transaction twice in a row: both stay.
                end = cursor.zxid() == zxid ? cursor.offset() : end;
            }
        }
        return end;
    }

    /** Newest first: what an interruption leaves is a log without a hole. */
    private void deleteFrom(int first) throws IOException {
        synchronized (filesLock) {
            List<LogFile> left = new ArrayList<>(files);
            while (left.size() > first) {
                delete(left.remove(left.size() - 1));
                files = List.copyOf(left);
            }
        }
    }

    private void delete(LogFile file) throws IOException {
        disk.delete(file.path());
        disk.forceDirectory(directory);
    }

    @Override
    public void roll() {
        if (pending.position() == 0) {
            rollBeforePending = true;
        } else {
            rollAfterPending = true;
        }
    }

    @Override
    public void purgeBefore(long zxid) {
        synchronized (filesLock) {
            List<LogFile> left = new ArrayList<>(files);
            while (left.size() > 1 && left.get(1).firstZxid() <= zxid) {
                LogFile oldest = left.remove(0);
                // Gone for readers first: none begins with a file that is being deleted.
                files = List.copyOf(left);
                try {
                    delete(oldest);
                } catch (IOException e) {
                    throw DiskFailure.of("delete", oldest.path(), e);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            if (failed && writing != null) {
                writing.close();
            } else {
                finishFile();
            }
        } catch (IOException e) {
            throw DiskFailure.of("close the log in", directory, e);
        } finally {
            failed = true;
            writing = null;
        }
    }
}
