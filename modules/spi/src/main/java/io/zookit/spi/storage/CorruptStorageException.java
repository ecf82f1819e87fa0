package io.zookit.spi.storage;

import org.jspecify.annotations.Nullable;

/** Stored bytes are not what was written. They are never served and never cut away silently. */
public final class CorruptStorageException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message file, offset, what was expected, and the ways out
     */
    public CorruptStorageException(String message) {
        this(message, null);
    }

    /**
     * @param message file, offset, what was expected, and the ways out
     * @param cause what a library stumbled over, {@code null} when nothing did
     */
    public CorruptStorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
