package io.zookit.simulator.world;

/** An operation of the disk failed. */
public final class DiskFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which operation, on which file
     */
    public DiskFault(String message) {
        super(message);
    }
}
