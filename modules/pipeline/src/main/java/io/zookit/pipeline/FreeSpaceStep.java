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
    private boolean low;

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
        long usable = storage.usableBytes();
        boolean before = low;
        low = usable < floorBytes;
        if (low && !before) {
            LOG.error(
                    "{}: {} bytes of room left, limits.freeSpaceFloorBytes={}; writes are refused until there is more."
                            + " Make room on the disk, or delete znodes and wait for the next snapshot",
                    storage.location(),
                    usable,
                    floorBytes);
        } else if (before && !low) {
            LOG.info("{}: {} bytes of room again; writes go on", storage.location(), usable);
        }
    }

    /** Whether writes of clients are to be refused. */
    boolean isLow() {
        return low;
    }
}
