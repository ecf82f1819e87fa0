package io.zookit.storage.files;

import io.zookit.spi.storage.Storage;
import io.zookit.tck.SnapshotStoreContract;
import io.zookit.tck.StorageCapability;
import io.zookit.tck.StorageFixture;
import java.util.Set;

/** The contract, with snapshots that are packed. Their bytes cannot be found from outside, so they are damaged elsewhere. */
final class SnapshotPackedTest extends SnapshotStoreContract {
    @Override
    protected StorageFixture newStorage() throws Exception {
        RealFixture real = new RealFixture(SnapshotLayout.GZIP);
        return new StorageFixture() {
            @Override
            public Set<StorageCapability> capabilities() {
                return Set.of();
            }

            @Override
            public Storage storage() {
                return real.storage();
            }

            @Override
            public Storage reopen() {
                return real.reopen();
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }
}
