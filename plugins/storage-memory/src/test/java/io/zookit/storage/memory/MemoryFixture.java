package io.zookit.storage.memory;

import io.zookit.spi.PluginContext;
import io.zookit.spi.ServerClock;
import io.zookit.spi.Settings;
import io.zookit.spi.storage.Storage;
import io.zookit.tck.StorageCapability;
import io.zookit.tck.StorageFixture;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** A server whose provider lives on while its storage is closed and opened. */
final class MemoryFixture implements StorageFixture {
    private final MemoryStorageProvider provider = new MemoryStorageProvider();
    private Storage storage = open(provider, "server");

    static Storage open(MemoryStorageProvider provider, String name) {
        Storage opened = provider.create(new Surroundings(Path.of(name)));
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

    private record Surroundings(Path dataDirectory) implements PluginContext {
        @Override
        public Path logDirectory() {
            return dataDirectory;
        }

        @Override
        public Settings settings() {
            throw new AssertionError("this storage has no settings");
        }

        @Override
        public ServerClock clock() {
            return ServerClock.system();
        }

        @Override
        public RandomGenerator random() {
            return new SplittableRandom(1);
        }

        @Override
        public ThreadFactory threads(String role) {
            throw new AssertionError("this storage has no threads");
        }
    }
}
