package io.zookit.storage.files;

import java.nio.file.Path;

/** One file of the log, as readers see it. */
final class LogFile {
    private static final long NOT_KNOWN = -1;

    private final Path path;
    private final long firstZxid;
    private volatile long end;

    private LogFile(Path path, long firstZxid, long end) {
        this.path = path;
        this.firstZxid = firstZxid;
        this.end = end;
    }

    /** A file that nobody has read to its end yet; nothing is added to it any more. */
    static LogFile unread(Path path, long firstZxid) {
        return new LogFile(path, firstZxid, NOT_KNOWN);
    }

    /** A file whose entries end at an offset; more may be added. */
    static LogFile ending(Path path, long firstZxid, long end) {
        return new LogFile(path, firstZxid, end);
    }

    Path path() {
        return path;
    }

    /** The zxid in its name, which is that of its first entry. */
    long firstZxid() {
        return firstZxid;
    }

    boolean endIsKnown() {
        return end != NOT_KNOWN;
    }

    /** The offset behind the last durable entry. */
    long end() {
        return end;
    }

    void end(long offset) {
        end = offset;
    }
}
