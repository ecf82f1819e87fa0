package io.zookit.storage.files;

import io.zookit.tck.SimulatedDiskFixture;
import io.zookit.tck.SnapshotStoreContract;
import io.zookit.tck.StorageFixture;

/** The contract, on a simulated disk. */
final class SnapshotOnSimulatedDiskTest extends SnapshotStoreContract {
    @Override
    protected StorageFixture newStorage() {
        return new SimulatedDiskFixture(Storages::on);
    }
}
