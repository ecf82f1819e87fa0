package io.zookit.disk;

import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A storage that keeps files in two directories, which may be one, whatever their format: the directories are locked while it is open.
 * Opened and closed by the server's main thread.
 */
public abstract class StorageOnDisk implements Storage {
    private final StorageDirectories directories;
    private final List<String> repairs = new ArrayList<>();
    private @Nullable Parts parts;

    /** What there is of a storage while it is open. */
    public record Parts(TransactionLog log, SnapshotStore snapshots, ValueStore values) {}

    /** Touches nothing yet. */
    protected StorageOnDisk(StorageDirectories directories) {
        this.directories = directories;
    }

    /**
     * Opens what is in the directories. What has to be closed with it is given to {@link StorageDirectories#closing}, also when this fails
     * later on.
     *
     * @param locked just now
     * @param repairs gets a line for each thing that is repaired
     * @throws io.zookit.spi.storage.StorageException as {@link Storage#open} says
     */
    protected abstract Parts openFiles(StorageDirectories locked, List<String> repairs);

    @Override
    public final void open() {
        directories.lock();
        parts = openFiles(directories, repairs);
    }

    @Override
    public final List<String> repairs() {
        return List.copyOf(repairs);
    }

    @Override
    public final String location() {
        return directories.location();
    }

    @Override
    public final TransactionLog log() {
        return parts().log();
    }

    @Override
    public final SnapshotStore snapshots() {
        return parts().snapshots();
    }

    @Override
    public final ValueStore values() {
        return parts().values();
    }

    private Parts parts() {
        if (parts == null) {
            throw new IllegalStateException("the storage is not open");
        }
        return parts;
    }

    @Override
    public final long usableBytes() {
        return directories.usableBytes();
    }

    @Override
    public final void close() {
        directories.close();
    }
}
