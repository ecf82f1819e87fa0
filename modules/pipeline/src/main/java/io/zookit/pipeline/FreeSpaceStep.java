package io.zookit.pipeline;

import io.zookit.spi.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then how much room the storage has left. Below a floor, writes of clients are refused before the disk is full: then
 * nothing is lost, reads go on, and there is still room for deletions and the ends of sessions. Runs on the owner of the state.
 */
final class FreeSpaceStep {
    private static final Logger LOG = LoggerFactory.getLogger(FreeSpaceStep.class);
    private static final long INTERVAL_MILLIS = 1_000;

    private final Storage storage;
    private final long floorBytes;
    private long nextLookMillis = Long.MIN_VALUE;
    private long usableBytes = Long.MAX_VALUE;
    private boolean low;
    private boolean snapshotPutOff;

    /**
     * @param floorBytes room that has to be left, 0 when nobody should look
     */
    FreeSpaceStep(Storage storage, long floorBytes) {
        this.storage = storage;
        this.floorBytes = floorBytes;
    }

    /** A turn begins: its writes are judged by what is known now. */
    void turnBegins(long nowMillis) {
        if (nowMillis < nextLookMillis || floorBytes == 0) {
            return;
        }
        nextLookMillis = nowMillis + INTERVAL_MILLIS;
        usableBytes = storage.usableBytes();
        boolean before = low;
        low = usableBytes < floorBytes;
        if (low && !before) {
            LOG.error(
                    "{}: {} bytes of room left, limits.freeSpaceFloorBytes={}; writes are refused until there is more."
                            + " Make room on the disk",
                    storage.location(),
                    usableBytes,
                    floorBytes);
        } else if (before && !low) {
            LOG.info("{}: {} bytes of room again; writes go on", storage.location(), usableBytes);
        }
    }

    /**
     * Whether a snapshot may be written without coming near the floor. If not, the log still holds everything, and the snapshot is
     * due again as soon as there is room.
     *
     * @param snapshotBytes about what it takes
     */
    boolean hasRoomFor(long snapshotBytes) {
        boolean fits = floorBytes == 0 || usableBytes - floorBytes >= snapshotBytes;
        if (!fits && !snapshotPutOff) {
            LOG.warn(
                    "{}: a snapshot of about {} bytes is put off, because {} bytes of room are left,"
                            + " limits.freeSpaceFloorBytes={}",
                    storage.location(),
                    snapshotBytes,
                    usableBytes,
                    floorBytes);
        }
        snapshotPutOff = !fits;
        return fits;
    }

    /** Whether writes of clients are to be refused. */
    boolean isLow() {
        return low;
    }
}
