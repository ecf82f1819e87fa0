package io.zookit.storage.memory;

import io.zookit.spi.storage.Storage;
import io.zookit.tck.PluginUnderTest;
import io.zookit.tck.StorageCapability;
import io.zookit.tck.StorageFixture;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A server whose provider lives on while its storage is closed and opened. */
final class MemoryFixture implements StorageFixture {
    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private Storage storage = open(provider, "server");

    static Storage open(MemoryStorageProvider provider, String name) {
        Storage opened = PluginUnderTest.create(provider, Map.of(), Path.of(name), Path.of(name));
        opened.open();
        return opened;
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return Set.of(StorageCapability.CRASH);
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage reopen() {
        storage.close();
        storage = open(provider, "server");
        return storage;
    }

    @Override
    public Storage crash() {
        return reopen();
    }

    @Override
    public void close() {
        storage.close();
    }
}
