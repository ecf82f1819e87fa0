package com.example.zookit.journal;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A file for each snapshot, named by its zxid. Safe for all threads; one snapshot is written at a time. */
final class JournalSnapshots implements SnapshotStore {
    private static final String PREFIX = "snapshot.";

    private final Folder folder;

    JournalSnapshots(Folder folder) {
        this.folder = folder;
    }

    @Override
    public List<Long> zxids() {
        List<Long> zxids = new ArrayList<>();
        for (Path file : folder.finishedFiles(PREFIX)) {
            String zxid = file.getFileName().toString().substring(PREFIX.length());
            zxids.add(Long.parseUnsignedLong(zxid, 16));
        }
        Collections.reverse(zxids);
        return zxids;
    }

    @Override
    public SnapshotWriter write(long zxid) {
        try {
            return new SnapshotFileWriter(folder, name(zxid));
        } catch (IOException e) {
            throw Folder.failed("begin", folder.file(name(zxid)), e);
        }
    }

    @Override
    public void read(long zxid, SnapshotSink sink) {
        Path file = folder.file(name(zxid));
        if (!Files.exists(file)) {
            throw new StorageException("there is no snapshot " + file, null);
        }
        try {
            // Twice over the file: nothing damaged is taken apart.
            if (!SnapshotFileReader.isSound(file)) {
                throw new CorruptStorageException(
                        file + " is damaged: take it away, and the server starts from the one before and its log");
            }
            SnapshotFileReader.read(file, sink);
        } catch (IOException e) {
            throw Folder.failed("read", file, e);
        }
    }

    @Override
    public long retain(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one snapshot stays");
        }
        int sound = 0;
        long oldest = 0;
        for (long zxid : zxids()) {
            Path file = folder.file(name(zxid));
            try {
                if (sound == count) {
                    folder.delete(file);
                } else if (SnapshotFileReader.isSound(file)) {
                    sound++;
                    oldest = zxid;
                }
            } catch (IOException e) {
                throw Folder.failed("check or delete", file, e);
            }
        }
        return oldest;
    }

    /** Fixed width, so that the order of names is the order of zxids. */
    private static String name(long zxid) {
        return PREFIX + String.format("%016x", zxid);
    }
}
