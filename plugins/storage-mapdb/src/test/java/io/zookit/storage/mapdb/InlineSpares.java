package io.zookit.storage.mapdb;

import java.nio.file.Path;

/** Makes each file when it is taken, so that the order of all calls is the same in each run. */
final class InlineSpares implements Spares {
    private final DiskCalls disk;
    private final Path directory;
    private final long bytes;
    private boolean requested;

    InlineSpares(DiskCalls disk, Path directory, long bytes) {
        this.disk = disk;
        this.directory = directory;
        this.bytes = bytes;
    }

    @Override
    public void request() {
        requested = true;
    }

    @Override
    public boolean isReady() {
        return requested;
    }

    @Override
    public SpareFile take(long bytesMin) {
        requested = false;
        return SpareFile.create(disk, directory, "log.spare", Math.max(bytes, bytesMin), () -> false);
    }

    @Override
    public void close() {}
}
