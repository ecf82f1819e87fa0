package com.example.zookit.journal;

import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The log as files, each named by its first zxid. One lock for everything: a reader waits while a batch is forced. A storage in
 * a hurry would give its readers channels of their own.
 */
final class JournalLog implements TransactionLog {
    private static final String PREFIX = "log.";

    private final Folder folder;
    private final TreeMap<Long, LogFile> files = new TreeMap<>();
    private final List<Batch.Record> appended = new ArrayList<>();
    private final List<String> repairs = new ArrayList<>();
    private boolean rolled;
    private boolean written;
    // After a failed write nobody knows what is on the disk: nothing is written any more.
    private boolean broken;

    JournalLog(Folder folder) {
        this.folder = folder;
    }

    synchronized void open() {
        List<Path> paths = folder.finishedFiles(PREFIX);
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            try {
                LogFile file = LogFile.open(path);
                files.put(Long.parseUnsignedLong(path.getFileName().toString().substring(PREFIX.length()), 16), file);
                long cut = file.recover(i == paths.size() - 1);
                if (cut > 0) {
                    written = true;
                    repairs.add(path + ": the last " + cut + " bytes were not complete and are cut off");
                }
                if (file.entries().isEmpty()) {
                    // Begun by a batch that was never whole: the next one begins a file of its own name.
                    drop(files.lastEntry());
                }
            } catch (IOException e) {
                throw Folder.failed("read", path, e);
            }
        }
    }

    synchronized List<String> repairs() {
        return List.copyOf(repairs);
    }

    @Override
    public synchronized long firstZxid() {
        for (LogFile file : files.values()) {
            if (!file.entries().isEmpty()) {
                return file.entries().firstKey();
            }
        }
        return 0;
    }

    @Override
    public synchronized long lastZxid() {
        for (LogFile file : files.descendingMap().values()) {
            if (!file.entries().isEmpty()) {
                return file.entries().lastKey();
            }
        }
        return 0;
    }

    @Override
    public synchronized void append(long zxid, byte[] record) {
        long last = appended.isEmpty()
                ? lastZxid()
                : appended.get(appended.size() - 1).zxid();
        if (zxid <= last) {
            throw new IllegalStateException("zxid " + zxid + " cannot follow " + last + " in the log");
        }
        appended.add(new Batch.Record(zxid, record));
    }

    @Override
    public synchronized void sync() {
        if (!appended.isEmpty()) {
            writing("append to", this::writeAppended);
        }
    }

    private void writeAppended() throws IOException {
        if (files.isEmpty() || rolled) {
            long zxid = appended.get(0).zxid();
            files.put(zxid, LogFile.open(folder.file(name(zxid))));
            Folder.force(folder.file("."));
            rolled = false;
        }
        files.lastEntry().getValue().append(folder, appended);
        appended.clear();
        written = true;
    }

    /** Says that the log ends here, so that the last batch is as well protected as those before it. */
    synchronized void end() {
        if (written && !broken && !files.isEmpty()) {
            writing("end", () -> files.lastEntry().getValue().append(folder, List.of()));
        }
    }

    @Override
    public synchronized void roll() {
        rolled = true;
    }

    @Override
    public LogReader read(long afterZxid) {
        return new Reader(this, afterZxid);
    }

    private synchronized Batch.Record after(long zxid) {
        Map.Entry<Long, LogFile> from = files.floorEntry(zxid);
        for (LogFile file : (from == null ? files : files.tailMap(from.getKey(), true)).values()) {
            Map.Entry<Long, Batch.Entry> entry = file.entries().higherEntry(zxid);
            if (entry != null) {
                try {
                    return new Batch.Record(entry.getKey(), file.read(entry.getValue()));
                } catch (IOException e) {
                    throw Folder.failed("read", file.path(), e);
                }
            }
        }
        return null;
    }

    @Override
    public synchronized void truncateAfter(long zxid) {
        if (!appended.isEmpty()) {
            throw new IllegalStateException("nothing may be appended and not synced when the log is cut");
        }
        Map.Entry<Long, LogFile> last = files.floorEntry(zxid);
        if (zxid != 0 && (last == null || !last.getValue().entries().containsKey(zxid))) {
            throw new StorageException(
                    "the log in " + folder + " cannot be cut after zxid " + zxid
                            + ": it has no such record; it goes from " + firstZxid() + " to " + lastZxid(),
                    null);
        }
        // The newest first: after a crash on the way, what is left is a shorter log without a gap.
        writing("cut", () -> {
            while (!files.isEmpty() && files.lastKey() > zxid) {
                drop(files.lastEntry());
            }
            if (!files.isEmpty() && files.lastEntry().getValue().entries().lastKey() > zxid) {
                shorten(files.lastEntry(), zxid);
            }
        });
    }

    /** Writes the part to keep beside the file and puts it in its place. */
    private void shorten(Map.Entry<Long, LogFile> file, long zxid) throws IOException {
        List<Batch.Record> kept = new ArrayList<>();
        for (Batch.Entry entry : file.getValue().entries().headMap(zxid, true).values()) {
            kept.add(new Batch.Record(entry.zxid(), file.getValue().read(entry)));
        }
        folder.replace(name(file.getKey()), Batch.encode(kept, 0));
        file.getValue().close();
        LogFile shorter = LogFile.open(file.getValue().path());
        files.put(file.getKey(), shorter);
        shorter.recover(false);
        written = true;
    }

    @Override
    public synchronized void purgeBefore(long zxid) {
        // The newest file stays: it says where the log ends.
        writing("purge", () -> {
            while (files.size() > 1 && files.higherKey(files.firstKey()) <= zxid) {
                drop(files.firstEntry());
            }
        });
    }

    private void drop(Map.Entry<Long, LogFile> file) throws IOException {
        files.remove(file.getKey());
        file.getValue().close();
        folder.delete(file.getValue().path());
    }

    synchronized void close() {
        for (LogFile file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                throw Folder.failed("close", file.path(), e);
            }
        }
        files.clear();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void writing(String attempt, Work work) {
        if (broken) {
            throw new StorageException(
                    "the log in " + folder + " could not be written before: restart the server", null);
        }
        try {
            work.run();
        } catch (IOException e) {
            broken = true;
            throw Folder.failed(attempt + " the log in", folder.file(""), e);
        }
    }

    /** Fixed width, so that the order of names is the order of zxids. */
    private static String name(long zxid) {
        return PREFIX + String.format("%016x", zxid);
    }

    /** A walk over the log; it holds no place but a zxid, so the log may change under it. */
    private static final class Reader implements LogReader {
        private final JournalLog log;
        private long position;
        private Batch.Record current;

        Reader(JournalLog log, long afterZxid) {
            this.log = log;
            this.position = afterZxid;
        }

        @Override
        public boolean next() {
            current = log.after(position);
            if (current == null) {
                return false;
            }
            position = current.zxid();
            return true;
        }

        @Override
        public long zxid() {
            return Objects.requireNonNull(current, "there is a record only after next() has said so")
                    .zxid();
        }

        @Override
        public ByteBuffer record() {
            return ByteBuffer.wrap(Objects.requireNonNull(current, "there is a record only after next() has said so")
                            .bytes())
                    .asReadOnlyBuffer();
        }

        @Override
        public void close() {
            current = null;
        }
    }
}
