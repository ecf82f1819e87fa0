package io.zookit.tck;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.ValueStore;
import java.util.HashMap;
import java.util.Map;

/** Small values as the contract has them, in memory. Used by one thread. */
final class ExactValues implements ValueStore {
    private static final int BYTES_MAX = 64 * 1024;

    private final ExactMedium medium;
    private final Map<String, ExactBytes> values = new HashMap<>();

    ExactValues(ExactMedium medium) {
        this.medium = medium;
    }

    @Override
    public byte[] get(String name) {
        ExactBytes value = values.get(checked(name));
        if (value != null && !value.isSound()) {
            throw new CorruptStorageException("the value " + name + " is damaged");
        }
        return value == null ? null : value.content();
    }

    @Override
    public void put(String name, byte[] value) {
        if (value.length > BYTES_MAX) {
            throw new IllegalArgumentException("a value of " + value.length + " bytes");
        }
        medium.requireWritable();
        values.put(checked(name), new ExactBytes(value));
    }

    boolean damage(byte[] content) {
        return values.values().stream().anyMatch(value -> value.damage(content));
    }

    private static String checked(String name) {
        if (!name.matches("[A-Za-z]+")) {
            throw new IllegalArgumentException("a name of letters is expected: " + name);
        }
        return name;
    }
}
