package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import java.nio.file.Path;

/** Makes each file when it is taken, so that the order of all calls is the same in each run: a filled one, an empty one, in turn. */
final class InlineSpares implements Spares {
    private final DiskCalls disk;
    private final Path directory;
    private final long bytes;
    private boolean filled;

    InlineSpares(DiskCalls disk, Path directory, long bytes) {
        this.disk = disk;
        this.directory = directory;
        this.bytes = bytes;
    }

    @Override
    public void request() {}

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public SpareFile take(long bytesMin) {
        filled = !filled;
        long length = Math.max(bytes, bytesMin);
        return filled
                ? SpareFile.filled(disk, directory, "log.spare", length, () -> false)
                : SpareFile.empty(disk, directory, "log.spare", length);
    }

    @Override
    public void close() {}
}
