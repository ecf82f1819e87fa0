package io.zookit.storage.memory;

import io.zookit.model.Check;
import io.zookit.spi.storage.ValueStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Values in a map. Safe for all threads. */
final class MemoryValues implements ValueStore {
    private static final int VALUE_BYTES_MAX = 64 * 1024;

    private final Map<String, byte[]> values = new ConcurrentHashMap<>();

    @Override
    public byte @Nullable [] get(String name) {
        requireLetters(name);
        byte[] value = values.get(name);
        return value == null ? null : value.clone();
    }

    @Override
    public void put(String name, byte[] value) {
        requireLetters(name);
        Check.state(value.length <= VALUE_BYTES_MAX, "a value has at most 64 KiB");
        values.put(name, value.clone());
    }

    private static void requireLetters(String name) {
        if (!name.matches("[A-Za-z]+")) {
            throw new IllegalArgumentException("a value's name has letters only: " + name);
        }
    }
}
