package io.zookit.disk;

import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/** Turns a failed file call into an exception that says what was tried, where, and what to do. */
public final class DiskFailure {
    private DiskFailure() {}

    /**
     * The exception to throw.
     *
     * @param attempt a verb that is followed by the file
     */
    public static StorageException of(String attempt, Path file, IOException cause) {
        return new StorageException("cannot " + attempt + " " + file + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return "the thread was interrupted, which closes the file; storage threads must not be";
        }
        String message = String.valueOf(cause.getMessage());
        String kind = cause.getClass().getSimpleName();
        String reason = kind.equals("IOException") ? message : kind + " " + message;
        return message.contains("No space left") ? reason + "; free some space and start again" : reason;
    }
}
