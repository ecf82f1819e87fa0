package io.zookit.spi.storage;

/** Stored bytes are not what was written. They are never served and never cut away silently. */
public final class CorruptStorageException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message file, offset, what was expected, and the ways out
     */
    public CorruptStorageException(String message) {
        super(message, null);
    }
}
