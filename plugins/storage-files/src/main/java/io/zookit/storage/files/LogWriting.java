package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFile;
import io.zookit.disk.UnfinishedFiles;
import io.zookit.spi.ServerClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log file that is being written. One thread. */
final class LogWriting implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogWriting.class);
    /** As Apache does: a file grows again before less than this is left. */
    private static final int ROOM_BYTES_MIN = 4096;

    private final DiskFile file;
    private final LogFile entry;
    private final LogOptions options;
    private final ServerClock clock;
    private long end = LogFormat.HEADER_BYTES;
    private long capacity = LogFormat.HEADER_BYTES;

    private LogWriting(DiskFile file, LogFile entry, LogOptions options, ServerClock clock) {
        this.file = file;
        this.entry = entry;
        this.options = options;
        this.clock = clock;
    }

    /**
     * Makes a file with its first entries. It gets its name when it is on the disk with them, so there is never one without.
     *
     * @param entries from position to limit
     */
    static LogWriting create(
            DiskCalls disk, Path path, long firstZxid, ByteBuffer entries, LogOptions options, ServerClock clock)
            throws IOException {
        Path unfinished = UnfinishedFiles.of(path);
        DiskFile file = disk.open(unfinished, DiskCalls.Access.CREATE);
        try {
            long end = LogFormat.HEADER_BYTES + (long) entries.remaining();
            LogWriting writing = new LogWriting(file, LogFile.ending(path, firstZxid, end), options, clock);
            file.write(LogFormat.header(LogFormat.HEADER_BYTES), 0);
            writing.write(entries);
            writing.force();
            disk.rename(unfinished, path);
            if (options.force()) {
                disk.forceDirectory(Objects.requireNonNull(path.getParent()));
            }
            return writing;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The file as readers see it. */
    LogFile entry() {
        return entry;
    }

    /** Adds entries and makes them durable, or hands them to the system when nothing is to be forced. */
    void add(ByteBuffer entries) throws IOException {
        // Says that all before was synced; durable together with what comes now.
        file.write(LogRecovery.syncedOffset(end), LogFormat.SYNCED_OFFSET_AT);
        write(entries);
        force();
        entry.end(end);
    }

    private void write(ByteBuffer entries) throws IOException {
        int count = entries.remaining();
        while (end + count + ROOM_BYTES_MIN > capacity) {
            capacity += options.growthBytes();
        }
        if (file.length() < capacity) {
            file.write(ByteBuffer.allocate(1), capacity - 1);
        }
        file.write(entries, end);
        end += count;
    }

    private void force() throws IOException {
        if (!options.force()) {
            return;
        }
        long began = clock.monotonicMillis();
        file.force();
        long took = clock.monotonicMillis() - began;
        if (took > options.syncWarningMillis()) {
            LOGGER.warn("forcing {} took {} ms, which every write waits for: the disk is slow", entry.path(), took);
        }
    }

    /** Ends the file behind its last entry, so that from now on all of it counts as synced. */
    void finish() throws IOException {
        LogRecovery.cut(file, end, true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
