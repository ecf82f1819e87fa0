package io.zookit.storage.files;

import io.zookit.tck.LogStoreContract;
import io.zookit.tck.SimulatedDiskFixture;
import io.zookit.tck.StorageFixture;

/** The contract, on a simulated disk. */
final class LogOnSimulatedDiskTest extends LogStoreContract {
    @Override
    protected StorageFixture newStorage() {
        return new SimulatedDiskFixture(Storages::on);
    }
}
