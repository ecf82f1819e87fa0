package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.DiskFile;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.CorruptStorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the end of the log after a stop of any kind: reads the newest file to its end and cuts what was torn ({@link LogEnd}).
 * Older files are checked when they are read. Nothing is ever added to a file that was found, so Apache's files stay as they are
 * unless they have a torn end.
 */
final class LogRecovery {
    /**
     * What was found.
     *
     * @param files all files that hold entries, oldest first
     * @param lastZxid the zxid of the last entry, 0 when there is none
     */
    record Found(List<LogFile> files, long lastZxid) {}

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
     * Reads the newest file and the beginnings of the others.
     *
     * @throws CorruptStorageException when something that may have been acknowledged is damaged
     */
    Found recover() {
        List<LogFile> files = new ArrayList<>();
        long lastZxid = 0;
        List<FileNames.Numbered> names = FileNames.list(disk, directory, FileNames.LOG);
        for (int i = names.size() - 1; i >= 0; i--) {
            Path path = directory.resolve(names.get(i).name());
            boolean isNewest = files.isEmpty();
            try (DiskFile file = disk.open(path, isNewest ? DiskCalls.Access.WRITE : DiskCalls.Access.READ)) {
                if (!hasHeader(file, path, isNewest)) {
                    remove(path);
                } else if (!isNewest) {
                    files.add(0, LogFile.unread(path, names.get(i).zxid()));
                } else {
                    LogCursor cursor = readToEnd(file, path, names.get(i).zxid());
                    if (cursor.offset() == LogFormat.HEADER_BYTES) {
                        remove(path);
                    } else {
                        files.add(LogFile.ending(path, names.get(i).zxid(), cursor.offset()));
                        lastZxid = cursor.zxid();
                    }
                }
            } catch (IOException e) {
                throw DiskFailure.of("read", path, e);
            }
        }
        return new Found(List.copyOf(files), lastZxid);
    }

    private void remove(Path path) throws IOException {
        disk.delete(path);
        disk.forceDirectory(directory);
        repairs.add(path + ": removed, it had no transactions yet");
    }

    /**
     * Whether there is a header. A crash of Apache's server right after it made a file leaves one without.
     *
     * @throws CorruptStorageException when something else stands there
     */
    private static boolean hasHeader(DiskFile file, Path path, boolean isNewest) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(LogFormat.HEADER_BYTES);
        int count = file.read(header, 0);
        if (count == LogFormat.HEADER_BYTES && LogFormat.isHeader(header)) {
            return true;
        }
        boolean neverWritten = file.length() <= LogFormat.HEADER_BYTES || isBlank(header);
        if (isNewest
                && neverWritten
                && !LogEnd.of(file, path, new LogCursor(file, path), "no header")
                        .isTorn()) {
            return false;
        }
        throw LogEnd.damaged(path, 0, "the header of a log file (ZKLG, version 2) is missing");
    }

    private static boolean isBlank(ByteBuffer header) {
        return header.getLong(0) == 0 && header.getLong(Long.BYTES) == 0;
    }

    private LogCursor readToEnd(DiskFile file, Path path, long zxidInName) throws IOException {
        LogCursor cursor = new LogCursor(file, path);
        long length = file.length();
        LogCursor.Step step = cursor.next(length);
        if (step == LogCursor.Step.ENTRY && cursor.zxid() != zxidInName) {
            throw LogEnd.damaged(
                    path,
                    LogFormat.HEADER_BYTES,
                    "the first transaction is " + Zxid.text(cursor.zxid()) + ", not the one in the file's name");
        }
        while (step == LogCursor.Step.ENTRY) {
            step = cursor.next(length);
        }
        String problem = step == LogCursor.Step.BAD ? cursor.problem() : "no entry begins here";
        LogEnd end = LogEnd.of(file, path, cursor, problem);
        boolean isOurs = LogEnd.syncedOffset(file) != 0;
        if (end.isTorn() || (isOurs && length != cursor.offset())) {
            cut(file, cursor.offset(), isOurs);
        } else {
            // What survived in the system's memory only counts as durable from here on.
            file.force();
        }
        if (end.isTorn()) {
            repairs.add(path + ": cut an unfinished write at offset " + cursor.offset() + " (" + problem + ")");
        }
        return cursor;
    }

    /**
     * Ends a file at an offset. First the header says that it was synced no further, and only then the rest goes: in between, the
     * file would look damaged.
     */
    static void cut(DiskFile file, long end, boolean sayItIsSynced) throws IOException {
        if (sayItIsSynced) {
            file.write(syncedOffset(end), LogFormat.SYNCED_OFFSET_AT);
            file.force();
        }
        file.truncate(end);
        file.force();
    }

    static ByteBuffer syncedOffset(long offset) {
        return ByteBuffer.allocate(Long.BYTES).putLong(offset).flip();
    }
}
