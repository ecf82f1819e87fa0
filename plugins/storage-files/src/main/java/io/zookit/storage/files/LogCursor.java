package io.zookit.storage.files;

import io.zookit.disk.DiskFailure;
import io.zookit.disk.DiskFile;
import io.zookit.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Steps through the entries of one log file, believing nothing that its checksum does not confirm. One thread. */
final class LogCursor {
    /** What a step has found. */
    enum Step {
        /** A sound entry. */
        ENTRY,
        /** Nothing but, perhaps, zeros: an entry may begin here one day. */
        END,
        /** Bytes that are no sound entry. */
        BAD
    }

    private static final int WINDOW_BYTES = 1 << 18;

    private final DiskFile file;
    private final Path path;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowOffset;
    private long offset = LogFormat.HEADER_BYTES;
    private long zxid = Long.MIN_VALUE;
    private ByteBuffer record = ByteBuffer.allocate(0);
    private String problem = "";

    LogCursor(DiskFile file, Path path) {
        this.file = file;
        this.path = path;
    }

    /**
     * Steps to the next entry.
     *
     * @param limit the file is looked at up to here
     */
    Step next(long limit) {
        long left = limit - offset;
        if (left < LogFormat.ENTRY_HEADER_BYTES) {
            return left <= 0 ? Step.END : bad("the file ends within an entry");
        }
        ByteBuffer header = bytes(LogFormat.ENTRY_HEADER_BYTES, limit);
        long checksum = header.getLong(header.position());
        int length = header.getInt(header.position() + Long.BYTES);
        if (length == 0) {
            return checksum == 0 ? Step.END : bad("an entry has a checksum and no length");
        }
        if (length < LogFormat.RECORD_BYTES_MIN || length > left - LogFormat.entryBytes(0)) {
            return bad("an entry of " + length + " bytes cannot stand here");
        }
        ByteBuffer entry = bytes(LogFormat.entryBytes(length), limit);
        int start = entry.position() + LogFormat.ENTRY_HEADER_BYTES;
        ByteBuffer found =
                entry.duplicate().position(start).limit(start + length).slice();
        if (LogFormat.checksum(found) != checksum) {
            return bad("the entry fails its checksum");
        }
        if (entry.get(start + length) != LogFormat.ENTRY_END) {
            return bad("the byte that closes the entry is missing");
        }
        long next = LogFormat.zxidOf(found);
        if (next < zxid) {
            return bad("zxid " + Zxid.text(next) + " comes after " + Zxid.text(zxid));
        }
        zxid = next;
        record = found.asReadOnlyBuffer();
        offset += LogFormat.entryBytes(length);
        return Step.ENTRY;
    }

    private Step bad(String what) {
        problem = what;
        return Step.BAD;
    }

    /** The bytes from the offset on; at least {@code count} of them are there, for the length of the file was checked. */
    private ByteBuffer bytes(int count, long limit) {
        long from = offset - windowOffset;
        if (from < 0 || from + count > window.limit()) {
            fill(count, limit);
            from = 0;
        }
        return window.duplicate().position((int) from);
    }

    private void fill(int count, long limit) {
        // A new one each time it has to grow or a record of it may still be in use.
        window = ByteBuffer.allocate(Math.max(count, (int) Math.min(WINDOW_BYTES, limit - offset)));
        windowOffset = offset;
        try {
            file.read(window, offset);
        } catch (IOException e) {
            throw DiskFailure.of("read", path, e);
        }
        // A file that was cut meanwhile reads as zeros, which end it.
        window.clear();
    }

    /** The zxid of the current entry. */
    long zxid() {
        return zxid;
    }

    /** The transaction of the current entry. */
    ByteBuffer record() {
        return record.duplicate();
    }

    /** Where the next entry begins. */
    long offset() {
        return offset;
    }

    /** What is wrong, after {@link Step#BAD}. */
    String problem() {
        return problem;
    }
}
