package io.zookit.storage.files;

import io.zookit.spi.storage.Storage;
import io.zookit.tck.StorageFixture;
import java.util.Random;

/** A storage on a simulated disk: can do everything to it. */
final class SimulatedFixture implements StorageFixture {
    private final Random random = new Random(7);
    private SimulatedDisk disk = new SimulatedDisk();
    private Storage storage = Storages.openOn(disk);

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage reopen() {
        storage.close();
        storage = Storages.openOn(disk);
        return storage;
    }

    @Override
    public Storage crash() {
        disk.cutPowerAt(0);
        disk = disk.afterPowerLoss(random);
        storage = Storages.openOn(disk);
        return storage;
    }

    @Override
    public void failWrites() {
        disk.failFrom(1);
    }

    @Override
    public void damage(byte[] content) {
        disk.damage(content);
    }

    @Override
    public void close() {
        disk.heal();
    }
}
