package io.zookit.tck;

import io.zookit.disk.DiskCalls;
import io.zookit.spi.storage.Storage;
import java.util.Random;
import java.util.function.Function;

/** A storage on a {@link SimulatedDisk}: everything can be done to it. */
public final class SimulatedDiskFixture implements StorageFixture {
    private final Function<DiskCalls, Storage> newStorage;
    private final Random random = new Random(7);
    private SimulatedDisk disk = new SimulatedDisk();
    private Storage storage;

    /**
     * Opens a storage on an empty disk.
     *
     * @param newStorage makes a storage on a disk, not open yet
     */
    public SimulatedDiskFixture(Function<DiskCalls, Storage> newStorage) {
        this.newStorage = newStorage;
        storage = open(newStorage.apply(disk));
    }

    private static Storage open(Storage storage) {
        storage.open();
        return storage;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage reopen() {
        storage.close();
        storage = open(newStorage.apply(disk));
        return storage;
    }

    @Override
    public Storage crash() {
        disk.cutPowerAt(0);
        disk = disk.afterPowerLoss(random);
        storage = open(newStorage.apply(disk));
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
