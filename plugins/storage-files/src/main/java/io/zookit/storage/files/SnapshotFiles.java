package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.DiskFile;
import io.zookit.disk.Remedies;
import io.zookit.disk.SnapshotsOnDisk;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Each snapshot in a file of its own, plain or packed. One of ours was complete when it got its name; one of Apache's need not be,
 * and is found damaged when it is read.
 */
final class SnapshotFiles extends SnapshotsOnDisk {
    private static final int UNPACK_BYTES = 1 << 16;

    private final DiskCalls disk;
    private final Path directory;
    private final String packing;

    /**
     * @param packing how new files are packed: empty or {@link SnapshotLayout#GZIP}
     */
    SnapshotFiles(DiskCalls disk, Path directory, String packing) {
        this.disk = disk;
        this.directory = directory;
        this.packing = packing;
    }

    @Override
    public List<Long> zxids() {
        List<Long> zxids = new ArrayList<>();
        for (FileNames.Numbered file : files()) {
            if (!zxids.contains(file.zxid())) {
                zxids.add(file.zxid());
            }
        }
        Collections.reverse(zxids);
        return zxids;
    }

    private List<FileNames.Numbered> files() {
        return FileNames.list(disk, directory, FileNames.SNAPSHOT);
    }

    /** The files of one zxid; the first one counts, which is the plain one where there are several. */
    private List<FileNames.Numbered> files(long zxid) {
        return files().stream().filter(file -> file.zxid() == zxid).toList();
    }

    @Override
    protected SnapshotWriter writeFile(long zxid, Runnable whenOver) {
        // In place of the one that counts: two of one zxid would be one too many.
        List<FileNames.Numbered> before = files(zxid);
        String name = before.isEmpty() || !isReadable(before.get(0).packing())
                ? FileNames.of(FileNames.SNAPSHOT, zxid) + packing
                : before.get(0).name();
        return new SnapshotFileWriter(disk, directory.resolve(name), zxid, whenOver);
    }

    private static boolean isReadable(String packed) {
        return packed.isEmpty() || packed.equals(SnapshotLayout.GZIP);
    }

    @Override
    protected void readFile(long zxid, SnapshotSink sink) {
        List<FileNames.Numbered> found = files(zxid);
        if (found.isEmpty()) {
            throw new StorageException(directory + " has no snapshot " + FileNames.of(FileNames.SNAPSHOT, zxid), null);
        }
        Path path = directory.resolve(found.get(0).name());
        if (!isReadable(found.get(0).packing())) {
            throw new StorageException(
                    path + " is packed in a way that is not read here; have the server that wrote it write one"
                            + " with snapshot.compression.method=gz or without compression, and stop it then",
                    null);
        }
        try (DiskFile file = disk.open(path, DiskCalls.Access.READ)) {
            read(file, path, found.get(0), sink);
        } catch (IOException e) {
            throw DiskFailure.of("read", path, e);
        }
    }

    private static void read(DiskFile file, Path path, FileNames.Numbered name, SnapshotSink sink) throws IOException {
        SnapshotInput in = null;
        try {
            InputStream stream = DiskStreams.input(file);
            boolean isPacked = name.packing().equals(SnapshotLayout.GZIP);
            in = new SnapshotInput(isPacked ? new GZIPInputStream(stream, UNPACK_BYTES) : stream);
            new SnapshotFileReader(in, name.zxid(), sink).read();
        } catch (SnapshotFormatException | EOFException | ZipException e) {
            String place = in == null ? "its beginning" : "offset " + in.offset();
            throw new CorruptStorageException(
                    path + " is damaged at " + place + ": " + e.getMessage() + "; " + Remedies.SNAPSHOT, e);
        }
    }

    @Override
    protected void deleteFiles(long zxid) {
        for (FileNames.Numbered file : files(zxid)) {
            Path path = directory.resolve(file.name());
            try {
                disk.delete(path);
                disk.forceDirectory(directory);
            } catch (IOException e) {
                throw DiskFailure.of("delete", path, e);
            }
        }
    }
}
