package io.zookit.simulator.storage;

/** What is on a disk cannot be what a server left there: something durable is missing or damaged. */
public final class RecoveryFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong
     */
    public RecoveryFailure(String message) {
        super(message);
    }
}
