package io.zookit.server;

/** A data directory cannot be used. The message names it and says what to do. */
public final class DataDirectoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message directory, reason, ways out
     */
    public DataDirectoryException(String message) {
        super(message);
    }
}
