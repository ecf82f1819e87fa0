package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.DiskFile;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the log while it is written. Opens each file for itself, so that a purge cannot pull one away from under it. */
final class FileLogReader implements LogReader {
    private final DiskCalls disk;
    private final Supplier<List<LogFile>> log;
    private final long afterZxid;
    private long lastZxid = Long.MIN_VALUE;
    private @Nullable LogFile current;
    private @Nullable DiskFile file;
    private @Nullable LogCursor cursor;

    /**
     * @param log the files at this moment, oldest first
     */
    FileLogReader(DiskCalls disk, Supplier<List<LogFile>> log, long afterZxid) {
        this.disk = disk;
        this.log = log;
        this.afterZxid = afterZxid;
    }

    @Override
    public boolean next() {
        LogCursor entries = cursor == null ? openFirst() : cursor;
        while (entries != null) {
            // In this order: a successor appears after its predecessor has got its last entry.
            LogFile successor = successorOf(Objects.requireNonNull(current));
            long limit = limit();
            LogCursor.Step step = entries.next(limit);
            if (step != LogCursor.Step.ENTRY) {
                entries = end(entries, step, limit, successor);
            } else if (entries.zxid() > lastZxid) {
                // A foreign log may hold a transaction twice in a row.
                lastZxid = entries.zxid();
                if (lastZxid > afterZxid) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable LogCursor openFirst() {
        LogFile first = null;
        for (LogFile candidate : log.get()) {
            if (first == null || candidate.firstZxid() <= afterZxid) {
                first = candidate;
            }
        }
        return first == null ? null : open(first);
    }

    private LogCursor open(LogFile next) {
        close();
        try {
            DiskFile opened = disk.open(next.path(), DiskCalls.Access.READ);
            file = opened;
            current = next;
            LogCursor entries = new LogCursor(opened, next.path());
            cursor = entries;
            return entries;
        } catch (IOException e) {
            throw DiskFailure.of("read", next.path(), e);
        }
    }

    private long limit() {
        LogFile log = Objects.requireNonNull(current);
        try {
            return log.endIsKnown() ? log.end() : Objects.requireNonNull(file).length();
        } catch (IOException e) {
            throw DiskFailure.of("read", log.path(), e);
        }
    }

    /**
     * No entry follows in this file: goes on with the next one, or ends with {@code null}.
     *
     * @param limit how far was looked: meanwhile there may be more
     */
    private @Nullable LogCursor end(LogCursor entries, LogCursor.Step step, long limit, @Nullable LogFile successor) {
        LogFile ending = Objects.requireNonNull(current);
        String problem = step == LogCursor.Step.BAD ? entries.problem() : "no entry begins here";
        if (ending.endIsKnown() && entries.offset() < limit && log.get().contains(ending)) {
            throw LogEnd.damaged(ending.path(), entries.offset(), problem);
        }
        if (successor == null) {
            return null;
        }
        LogEnd found = LogEnd.of(Objects.requireNonNull(file), ending.path(), entries, problem);
        if (found.isTorn() && !Zxid.follows(successor.firstZxid(), entries.zxid())) {
            throw LogEnd.damaged(
                    ending.path(),
                    entries.offset(),
                    problem + ", and the next file begins with " + Zxid.text(successor.firstZxid()));
        }
        return open(successor);
    }

    private @Nullable LogFile successorOf(LogFile of) {
        for (LogFile candidate : log.get()) {
            if (candidate.firstZxid() > of.firstZxid()) {
                return candidate;
            }
        }
        return null;
    }

    @Override
    public long zxid() {
        return opened().zxid();
    }

    @Override
    public ByteBuffer record() {
        return opened().record();
    }

    private LogCursor opened() {
        LogCursor entries = cursor;
        if (entries == null) {
            throw new IllegalStateException("there is a record only after next() has said so");
        }
        return entries;
    }

    @Override
    public void close() {
        cursor = null;
        DiskFile open = file;
        file = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new StorageException("cannot close a log file", e);
        }
    }
}
