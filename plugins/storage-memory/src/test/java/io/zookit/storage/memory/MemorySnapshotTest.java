package io.zookit.storage.memory;

import io.zookit.tck.SnapshotStoreContract;
import io.zookit.tck.StorageFixture;

/** The contract, in memory. */
final class MemorySnapshotTest extends SnapshotStoreContract {
    @Override
    protected StorageFixture newStorage() {
        return new MemoryFixture();
    }
}
