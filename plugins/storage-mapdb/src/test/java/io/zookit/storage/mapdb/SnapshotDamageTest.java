package io.zookit.storage.mapdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import io.zookit.tck.SimulatedDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes of a snapshot that change after it was written: it is refused, or they did not matter. */
final class SnapshotDamageTest {
    private static final Path FILE = Storages.snapshotFile(5);

    private final SimulatedDisk disk = new SimulatedDisk();
    private final MapdbStorage storage = Storages.on(disk);

    @BeforeEach
    void writeSnapshot() {
        storage.open();
        try (SnapshotWriter writer = storage.snapshots().write(5)) {
            writer.session(1, 4_000);
            PersistedStat stat = new PersistedStat(1, 2, 3, 4, 5, 6, 7, 8, 9);
            Random random = new Random(5);
            for (int i = 0; i < 20; i++) {
                byte[] data = new byte[random.nextInt(2_000)];
                random.nextBytes(data);
                writer.node("/" + i, ByteBuffer.wrap(data), Acl.OPEN_UNSAFE, stat);
            }
            writer.node("/large", ByteBuffer.allocate(300_000).put(7, (byte) 1), Acl.READ_UNSAFE, stat);
            writer.end(3L);
        }
    }

    private List<Object> read() {
        List<Object> calls = new ArrayList<>();
        storage.snapshots().read(5, new SnapshotSink() {
            @Override
            public void session(long id, int timeoutMillis) {
                calls.add(List.of(id, timeoutMillis));
            }

            @Override
            public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {
                calls.add(List.of(path, data.hashCode(), acl, stat));
            }

            @Override
            public void end(Long digest) {
                calls.add(digest);
            }
        });
        return calls;
    }

    @Test
    void aChangedByteIsFoundOrDidNotMatter() {
        List<Object> whole = read();
        int length = disk.content(FILE).length;
        Random random = new Random(3);
        int found = 0;
        int tried = 0;
        for (int offset = 0; offset < length; offset += offset < 2_000 ? 1 : 1 + random.nextInt(800)) {
            disk.flip(FILE, offset);
            tried++;
            try {
                assertEquals(whole, read(), "a changed byte at " + offset + " was served");
            } catch (CorruptStorageException e) {
                found++;
                assertTrue(e.getMessage().contains(FILE + " is damaged at block "), e.getMessage());
            }
            disk.flip(FILE, offset);
        }
        assertTrue(found > tried / 2, "only " + found + " of " + tried + " were found");
        assertEquals(whole, read());
    }

    @Test
    void allKindsOfNonsenseAreRefused() {
        byte[] content = disk.content(FILE);
        Random random = new Random(4);
        for (int length :
                new int[] {0, 1, 40, 1_000, SnapshotLayout.PAGE_BYTES, content.length - 1, content.length - 4_096}) {
            disk.content(FILE, Arrays.copyOf(content, length));
            assertThrows(CorruptStorageException.class, this::read, "cut to " + length);
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            disk.content(FILE, noise);
            assertThrows(CorruptStorageException.class, this::read, "noise of " + length);
        }
        for (int round = 0; round < 100; round++) {
            byte[] mixed = content.clone();
            int at = random.nextInt(2_000);
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, mixed, at, noise.length);
            disk.content(FILE, mixed);
            try {
                read();
            } catch (CorruptStorageException e) {
                assertTrue(e.getMessage().contains(FILE.toString()), e.getMessage());
            }
        }
    }

    @Test
    void aSnapshotUnderAnotherZxidIsRefused() {
        disk.content(FILE, disk.content(FILE));
        try (SnapshotWriter writer = storage.snapshots().write(6)) {
            writer.end(null);
        }
        disk.content(Storages.snapshotFile(6), disk.content(FILE));
        assertThrows(CorruptStorageException.class, () -> storage.snapshots().read(6, new WithoutEnd(null)));
    }

    @Test
    void aDiskThatCannotReadIsNotCalledDamage() {
        disk.cutPowerAt(0);
        StorageException e = assertThrows(StorageException.class, this::read);
        assertFalse(e instanceof CorruptStorageException, e.getMessage());
    }

    /** Passes on everything but the end. */
    private record WithoutEnd(SnapshotSink sink) implements SnapshotSink {
        @Override
        public void session(long id, int timeoutMillis) {
            sink.session(id, timeoutMillis);
        }

        @Override
        public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            sink.node(path, data, acl, stat);
        }

        @Override
        public void end(Long digest) {}
    }
}
