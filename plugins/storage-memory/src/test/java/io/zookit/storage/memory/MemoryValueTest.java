package io.zookit.storage.memory;

import io.zookit.tck.StorageFixture;
import io.zookit.tck.ValueStoreContract;

/** The contract, in memory. */
final class MemoryValueTest extends ValueStoreContract {
    @Override
    protected StorageFixture newStorage() {
        return new MemoryFixture();
    }
}
