package io.zookit.consensus.zab;

import io.zookit.spi.storage.StorageProvider;
import io.zookit.storage.mapdb.MapdbStorageProvider;

/** The same with files on disk: what is cut and what is installed there is real. */
class EnsembleOnDiskTest extends EnsembleInMemoryTest {
    @Override
    StorageProvider storages() {
        return new MapdbStorageProvider();
    }
}
