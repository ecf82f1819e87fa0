package io.zookit.storage.files;

import java.io.IOException;

/** Bytes that no snapshot has. Told from a failure of the disk by its type. */
final class SnapshotFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    SnapshotFormatException(String message) {
        super(message);
    }
}
