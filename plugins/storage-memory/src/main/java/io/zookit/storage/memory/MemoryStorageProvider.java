package io.zookit.storage.memory;

import io.zookit.spi.PluginContext;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Provides the storage {@code memory}. A provider that is used again gives a server with the same directories what it had
 * synced before; the directories are only names, nothing is created in them.
 */
public final class MemoryStorageProvider implements StorageProvider {
    /** By the directories of data and log. */
    private final Map<List<Path>, MemoryContents> contents = new ConcurrentHashMap<>();

    /** Called by the plugin loader, and by those who embed a server. */
    public MemoryStorageProvider() {}

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Storage create(PluginContext context) {
        List<Path> place = List.of(context.dataDirectory(), context.logDirectory());
        return new MemoryStorage(contents.computeIfAbsent(place, absent -> new MemoryContents()));
    }
}
