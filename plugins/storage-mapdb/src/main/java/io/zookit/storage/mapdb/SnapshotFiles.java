package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.SnapshotsOnDisk;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Each snapshot in a file of its own. A file that has its final name was complete when it got it. */
final class SnapshotFiles extends SnapshotsOnDisk {
    private final DiskCalls disk;
    private final Path directory;

    SnapshotFiles(DiskCalls disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    @Override
    public List<Long> zxids() {
        List<Long> zxids = FileNames.zxids(disk, directory, FileNames.SNAPSHOT);
        Collections.reverse(zxids);
        return zxids;
    }

    @Override
    protected SnapshotWriter writeFile(long zxid, Runnable whenOver) {
        return new SnapshotFileWriter(disk, path(zxid), zxid, whenOver);
    }

    @Override
    protected void readFile(long zxid, SnapshotSink sink) {
        DiskVolume volume = DiskVolume.open(disk, path(zxid), DiskCalls.Access.READ);
        try {
            new SnapshotFileReader(volume, zxid, sink).read();
        } finally {
            volume.close();
        }
    }

    @Override
    protected void deleteFiles(long zxid) {
        Path path = path(zxid);
        try {
            disk.delete(path);
            disk.forceDirectory(directory);
        } catch (IOException e) {
            throw DiskFailure.of("delete", path, e);
        }
    }

    private Path path(long zxid) {
        return directory.resolve(FileNames.of(FileNames.SNAPSHOT, zxid));
    }
}
