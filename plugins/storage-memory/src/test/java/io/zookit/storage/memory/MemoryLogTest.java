package io.zookit.storage.memory;

import io.zookit.tck.LogStoreContract;
import io.zookit.tck.StorageFixture;

/** The contract, in memory. */
final class MemoryLogTest extends LogStoreContract {
    @Override
    protected StorageFixture newStorage() {
        return new MemoryFixture();
    }
}
