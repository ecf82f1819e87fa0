package io.zookit.storage.files;

import io.zookit.tck.DirectoryFixture;
import io.zookit.tck.SnapshotStoreContract;
import io.zookit.tck.StorageFixture;

/** The contract, with snapshots that are packed. Their bytes cannot be found from outside, so they are damaged elsewhere. */
final class SnapshotPackedTest extends SnapshotStoreContract {
    @Override
    protected StorageFixture newStorage() throws Exception {
        return new DirectoryFixture(directory -> Storages.inDirectory(directory, SnapshotLayout.GZIP));
    }
}
