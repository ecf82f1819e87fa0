package io.zookit.storage.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zookit.spi.PluginKind;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import org.junit.jupiter.api.Test;

final class MemoryStorageProviderTest {
    private final MemoryStorageProvider provider = new MemoryStorageProvider();

    @Test
    void isTheStorageNamedMemory() {
        assertEquals("memory", provider.id());
        assertEquals(PluginKind.STORAGE, provider.kind());
        assertEquals(0, provider.settings().size());
    }

    @Test
    void serversWithTheirOwnDirectoriesShareNothing() {
        try (Storage one = MemoryFixture.open(provider, "one");
                Storage two = MemoryFixture.open(provider, "two")) {
            one.values().put("epoch", new byte[] {1});
            assertNull(two.values().get("epoch"));
            assertEquals("memory", two.location());
        }
        try (Storage again = MemoryFixture.open(provider, "one")) {
            assertArrayEquals(new byte[] {1}, again.values().get("epoch"));
        }
    }

    @Test
    void twoServersCannotHaveTheSameDirectories() {
        try (Storage first = MemoryFixture.open(provider, "same")) {
            assertThrows(StorageException.class, () -> MemoryFixture.open(provider, "same"));
            first.values().put("epoch", new byte[] {1});
        }
        MemoryFixture.open(provider, "same").close();
    }

    @Test
    void anotherProviderStartsEmpty() {
        try (Storage first = MemoryFixture.open(provider, "server");
                Storage second = MemoryFixture.open(new MemoryStorageProvider(), "server")) {
            first.values().put("epoch", new byte[] {1});
            assertNull(second.values().get("epoch"));
        }
    }

    @Test
    void aStorageThatIsNotOpenIsRefused() {
        Storage closed = MemoryFixture.open(provider, "server");
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, closed::log);
        assertThrows(IllegalStateException.class, closed::snapshots);
        assertThrows(IllegalStateException.class, closed::values);
    }
}
