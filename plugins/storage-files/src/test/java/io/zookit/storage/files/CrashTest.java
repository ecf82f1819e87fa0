package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.spi.storage.Storage;
import io.zookit.tck.CrashContract;

final class CrashTest extends CrashContract {
    @Override
    protected Storage newStorage(DiskCalls disk) {
        return Storages.on(disk);
    }

    @Override
    protected boolean keepsBatchesWhole() {
        return false;
    }
}
