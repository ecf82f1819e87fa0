package io.zookit.tck;

import io.zookit.spi.storage.StorageException;

/** What an exact storage is kept on. It can be made to refuse every write, and can be one that says it forced what it did not. */
final class ExactMedium {
    private final boolean lying;
    private volatile boolean failing;

    ExactMedium(boolean lying) {
        this.lying = lying;
    }

    boolean isLying() {
        return lying;
    }

    void fail() {
        failing = true;
    }

    void heal() {
        failing = false;
    }

    void requireWritable() {
        if (failing) {
            throw new StorageException("nothing can be written", null);
        }
    }
}
