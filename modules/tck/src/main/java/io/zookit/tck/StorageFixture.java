package io.zookit.tck;

import io.zookit.spi.storage.Storage;
import java.util.EnumSet;
import java.util.Set;

/** One server's storage and the ground it stands on, under the control of a contract test. Used by one thread. */
public interface StorageFixture extends AutoCloseable {
    /** What the fixture can do; everything, unless it says otherwise. */
    default Set<StorageCapability> capabilities() {
        return EnumSet.allOf(StorageCapability.class);
    }

    /** The storage that is open now. At the beginning it is new and empty. */
    Storage storage();

    /**
     * Closes the storage in order and opens it again.
     *
     * @return the new {@link #storage}
     */
    Storage reopen();

    /**
     * Cuts the power: what was synced is still there, of what was not any part may be. Then opens the storage again. It also
     * heals what {@link #failWrites} has broken.
     *
     * @return the new {@link #storage}
     */
    default Storage crash() {
        throw new UnsupportedOperationException("capability CRASH");
    }

    /** From now on nothing can be written and nothing forced. */
    default void failWrites() {
        throw new UnsupportedOperationException("capability FAIL_WRITES");
    }

    /**
     * Changes a byte of what is stored, below the storage.
     *
     * @param content a run of bytes that was stored once; the byte in its middle is changed
     */
    default void damage(byte[] content) {
        throw new UnsupportedOperationException("capability DAMAGE");
    }

    /** Closes the storage, if it is open, and removes all traces. */
    @Override
    void close();
}
