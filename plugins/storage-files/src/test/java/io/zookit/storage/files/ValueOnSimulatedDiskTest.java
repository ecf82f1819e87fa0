package io.zookit.storage.files;

import io.zookit.tck.SimulatedDiskFixture;
import io.zookit.tck.StorageFixture;
import io.zookit.tck.ValueStoreContract;

/** The contract, on a simulated disk. */
final class ValueOnSimulatedDiskTest extends ValueStoreContract {
    @Override
    protected StorageFixture newStorage() {
        return new SimulatedDiskFixture(Storages::on);
    }
}
