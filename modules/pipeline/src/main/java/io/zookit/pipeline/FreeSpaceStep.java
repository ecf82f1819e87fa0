package io.zookit.pipeline;

import io.zookit.spi.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then how much room the storage has left. Below a floor, writes of clients are refused before the disk is full: then
 * nothing is lost, reads go on, and there is still room for deletions and the ends of sessions. What a snapshot is still going to
 * take counts as taken. Runs on the owner of the state.
 */
final class FreeSpaceStep {
    private static final Logger LOG = LoggerFactory.getLogger(FreeSpaceStep.class);
    private static final long INTERVAL_MILLIS = 1_000;
    /** A log that has grown by this part of the floor is a reason to look before the interval is over. */
    private static final int LOOKS_PER_FLOOR = 8;

    private final Storage storage;
    private final Logged logged;
    private final long floorBytes;
    private long nextLookMillis = Long.MIN_VALUE;
    private long loggedBytesNextLook;
    private long usableBytes = Long.MAX_VALUE;
    private long reservedBytes;
    private boolean low;
    private boolean snapshotPutOff;

    /**
     * @param logged how much has gone to the log
     * @param floorBytes room that has to be left, 0 when nobody should look
     */
    FreeSpaceStep(Storage storage, Logged logged, long floorBytes) {
        this.storage = storage;
        this.logged = logged;
        this.floorBytes = floorBytes;
    }

    /** A turn begins: its writes are judged by what is known now. */
    void turnBegins(long nowMillis) {
        if (floorBytes == 0 || (nowMillis < nextLookMillis && logged.bytes() < loggedBytesNextLook)) {
            return;
        }
        nextLookMillis = nowMillis + INTERVAL_MILLIS;
        loggedBytesNextLook = logged.bytes() + floorBytes / LOOKS_PER_FLOOR;
        usableBytes = storage.usableBytes();
        boolean before = low;
        low = usableBytes - reservedBytes < floorBytes;
        if (low && !before) {
            LOG.error(
                    "{}: {} bytes of room left, limits.freeSpaceFloorBytes={}; writes are refused until there is more."
                            + " Make room on the disk",
                    storage.location(),
                    usableBytes - reservedBytes,
                    floorBytes);
        } else if (before && !low) {
            LOG.info("{}: {} bytes of room again; writes go on", storage.location(), usableBytes);
        }
    }

    /**
     * Whether a snapshot may be written. It must not bring on the floor; but below it, it may take up half of what is left of the
     * floor, because old logs and snapshots can only go after a new one. If it may not, the log still holds everything, and the
     * snapshot is due again as soon as there is room.
     *
     * @param snapshotBytes about what it takes
     */
    boolean hasRoomFor(long snapshotBytes) {
        boolean fits = floorBytes == 0 || usableBytes - (low ? floorBytes / 2 : floorBytes) >= snapshotBytes;
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

    /**
     * Keeps room for a snapshot that is being written.
     *
     * @param bytes about what it is still going to take, 0 when it is over
     */
    void reserve(long bytes) {
        reservedBytes = bytes;
    }

    /** Whether writes of clients are to be refused. */
    boolean isLow() {
        return low;
    }
}
