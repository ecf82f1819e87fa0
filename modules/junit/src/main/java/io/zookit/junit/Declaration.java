package io.zookit.junit;

import io.zookit.spi.PluginProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a test has declared about its servers: keys and plugins. They count from the next servers on. Any thread. */
final class Declaration {
    private static final String STORAGE = "plugin.storage";
    private static final String TRANSPORT = "plugin.transport";

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<PluginProvider<?>> own = new ArrayList<>();

    /** Servers that keep their data in memory and carry bytes with what the JDK has, as that is there at once. */
    Declaration() {
        set(STORAGE, "memory");
        set(TRANSPORT, "selector");
    }

    synchronized void set(String key, Object value) {
        settings.put(key, value.toString());
    }

    /** Data in files, as a real server has them. */
    synchronized void onDisk() {
        set(STORAGE, "mapdb");
        // Segments as large as for a real server would take longer to make than most tests run.
        set("storage.mapdb.preAllocSize", 1024);
    }

    synchronized void plugin(PluginProvider<?> provider) {
        own.add(provider);
    }

    /** The keys and values of {@code zoo.cfg}. */
    synchronized Map<String, String> settings() {
        return new LinkedHashMap<>(settings);
    }

    /** The plugins the test brings. */
    synchronized List<PluginProvider<?>> own() {
        return List.copyOf(own);
    }
}
