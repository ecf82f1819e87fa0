package io.zookit.storage.files;

import io.zookit.disk.DiskFailure;
import io.zookit.disk.DiskFile;
import io.zookit.disk.Remedies;
import io.zookit.spi.storage.CorruptStorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Judges the place where a log file has no further sound entry: is it the end, the torn end of a write that nobody was promised,
 * or damage?
 *
 * <p>It is damage when the file says that it was synced further (see {@link LogFormat}), unless the file stops right there, which
 * only somebody who cut it on purpose leaves behind. A file that says nothing, as Apache writes it, is damaged when a sound entry
 * follows. Everything else was torn.
 *
 * @param firstStray where bytes stand that belong to no entry, -1 for nowhere
 */
record LogEnd(long firstStray) {
    private static final int CHUNK_BYTES = 1 << 18;
    private static final int ROOM_STEP_BYTES = 11;

    /**
     * Looks at the end of a file.
     *
     * @param cursor stands at the end
     * @param problem what the cursor stumbled over
     * @throws CorruptStorageException when it is damage
     */
    static LogEnd of(DiskFile file, Path path, LogCursor cursor, String problem) {
        long end = cursor.offset();
        try {
            long length = file.length();
            long synced = syncedOffset(file);
            if (synced > end && length != end) {
                throw damaged(path, end, problem + ", but the file was synced up to offset " + synced);
            }
            if (length <= end) {
                return new LogEnd(-1);
            }
            return new Search(file, path, end, length, cursor.zxid()).run(synced == 0, problem);
        } catch (IOException e) {
            throw DiskFailure.of("read", path, e);
        }
    }

    boolean isTorn() {
        return firstStray >= 0;
    }

    /** What the header says about how far the file was synced; 0 for nothing. */
    static long syncedOffset(DiskFile file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(LogFormat.HEADER_BYTES);
        return file.read(header, 0) < LogFormat.HEADER_BYTES ? 0 : header.getLong(LogFormat.SYNCED_OFFSET_AT);
    }

    /** The exception for bytes that are not what was written. */
    static CorruptStorageException damaged(Path path, long offset, String problem) {
        return new CorruptStorageException(
                path + " is damaged at offset " + offset + ": " + problem + "; " + Remedies.LOG);
    }

    /** Looks for anything, and for a sound entry, behind the end. */
    private static final class Search {
        private final DiskFile file;
        private final Path path;
        private final long end;
        private final long length;
        private final long lastZxid;
        private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);

        Search(DiskFile file, Path path, long end, long length, long lastZxid) {
            this.file = file;
            this.path = path;
            this.end = end;
            this.length = length;
            this.lastZxid = lastZxid;
        }

        LogEnd run(boolean entriesAreDamage, String problem) throws IOException {
            long firstStray = -1;
            for (long at = end; at < length; at += CHUNK_BYTES - LogFormat.ENTRY_HEADER_BYTES) {
                int count = file.read(chunk.clear(), at);
                for (int i = 0; i < count; i++) {
                    if (isRoom(i, count)) {
                        i += ROOM_STEP_BYTES - 1;
                        continue;
                    }
                    if (firstStray < 0 && chunk.get(i) != 0) {
                        firstStray = at + i;
                    }
                    if (entriesAreDamage && entryMayStart(i, count) && isEntry(at + i, chunk.getInt(i + Long.BYTES))) {
                        throw damaged(path, end, problem + ", but a sound entry follows at offset " + (at + i));
                    }
                }
                if (firstStray >= 0 && !entriesAreDamage) {
                    break;
                }
            }
            return new LogEnd(firstStray);
        }

        /** Most of what is looked at was never used: 16 zeros, in the first 11 of which no entry can begin. */
        private boolean isRoom(int i, int count) {
            return i + 2 * Long.BYTES <= count && chunk.getLong(i) == 0 && chunk.getLong(i + Long.BYTES) == 0;
        }

        private boolean entryMayStart(int i, int count) {
            return i + LogFormat.ENTRY_HEADER_BYTES <= count
                    && chunk.getInt(i) == 0
                    && chunk.getInt(i + Long.BYTES) >= LogFormat.RECORD_BYTES_MIN;
        }

        private boolean isEntry(long at, int recordLength) throws IOException {
            if (recordLength > length - at - LogFormat.entryBytes(0)) {
                return false;
            }
            ByteBuffer last = ByteBuffer.allocate(1);
            file.read(last, at + LogFormat.entryBytes(recordLength) - 1);
            if (last.get(0) != LogFormat.ENTRY_END) {
                return false;
            }
            ByteBuffer entry = ByteBuffer.allocate(LogFormat.entryBytes(recordLength));
            file.read(entry, at);
            ByteBuffer record = entry.position(LogFormat.ENTRY_HEADER_BYTES)
                    .limit(entry.capacity() - 1)
                    .slice();
            return LogFormat.checksum(record) == entry.getLong(0) && LogFormat.zxidOf(record) > lastZxid;
        }
    }
}
