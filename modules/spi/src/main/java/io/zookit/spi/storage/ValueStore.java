package io.zookit.spi.storage;

import org.jspecify.annotations.Nullable;

/**
 * A few small named values beside the log: epochs, the session secret. Any thread may read; one at a time writes.
 */
public interface ValueStore {
    /**
     * Reads a value.
     *
     * @param name letters only
     * @return its bytes, {@code null} when it was never written
     * @throws CorruptStorageException when it is damaged
     */
    byte @Nullable [] get(String name);

    /**
     * Replaces a value, as a whole and durably: after a crash the old or the new one is there.
     *
     * @param name letters only
     * @param value at most 64 KiB
     * @throws StorageException when that failed
     */
    void put(String name, byte[] value);
}
