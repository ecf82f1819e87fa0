package io.zookit.storage.files;

import io.zookit.tck.DirectoryFixture;
import io.zookit.tck.SnapshotStoreContract;
import io.zookit.tck.StorageCapability;
import io.zookit.tck.StorageFixture;

/** The contract, on the machine's own disk. */
final class SnapshotOnRealDiskTest extends SnapshotStoreContract {
    @Override
    protected StorageFixture newStorage() throws Exception {
        return new DirectoryFixture(directory -> Storages.inDirectory(directory, ""), StorageCapability.DAMAGE);
    }
}
