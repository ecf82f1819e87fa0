package io.zookit.storage.files;

import io.zookit.tck.DirectoryFixture;
import io.zookit.tck.StorageCapability;
import io.zookit.tck.StorageFixture;
import io.zookit.tck.ValueStoreContract;

/** The contract, on the machine's own disk. */
final class ValueOnRealDiskTest extends ValueStoreContract {
    @Override
    protected StorageFixture newStorage() throws Exception {
        return new DirectoryFixture(directory -> Storages.inDirectory(directory, ""), StorageCapability.DAMAGE);
    }
}
