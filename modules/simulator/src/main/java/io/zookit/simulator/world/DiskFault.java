package io.zookit.simulator.world;

/** An operation of the disk failed. */
public final class DiskFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean ofSync;

    /**
     * @param message which operation, on which file
     * @param ofSync whether it was a sync
     */
    public DiskFault(String message, boolean ofSync) {
        super(message);
        this.ofSync = ofSync;
    }

    /** Whether a sync failed, a write otherwise. */
    public boolean isOfSync() {
        return ofSync;
    }
}
