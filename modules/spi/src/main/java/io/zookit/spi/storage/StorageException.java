package io.zookit.spi.storage;

import org.jspecify.annotations.Nullable;

/** The storage could not do what it was asked. The message names the file, what was tried and, where known, what to do. */
public class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message file, attempt, remedy
     * @param cause the failure below, {@code null} when there is none
     */
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
