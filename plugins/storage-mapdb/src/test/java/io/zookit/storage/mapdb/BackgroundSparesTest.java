package io.zookit.storage.mapdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BackgroundSparesTest {
    private static final Path DIRECTORY = Path.of("/log");
    private static final int BYTES = 10_000;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final BackgroundSpares spares = new BackgroundSpares(disk, DIRECTORY, BYTES, runnable -> {
        thread.set(new Thread(runnable, "prefill"));
        return thread.get();
    });

    @BeforeEach
    void start() throws IOException {
        disk.createDirectories(DIRECTORY);
        spares.start();
    }

    @AfterEach
    void theThreadIsOverAndNoFileIsLeftAfterClosing() {
        spares.close();
        spares.close();
        assertFalse(thread.get().isAlive());
    }

    private void takeAndDiscard(long bytesMin, long expected) {
        SpareFile spare = spares.take(bytesMin);
        assertEquals(expected, spare.bytes());
        assertEquals(expected, spare.volume().length());
        spare.discard(disk);
    }

    @Test
    void aFileIsMadeAheadWhenItIsWishedFor() {
        spares.request();
        spares.request();
        takeAndDiscard(1, BYTES);
        assertFalse(spares.isReady());
        assertEquals(List.of(), disk.files());
    }

    @Test
    void aFileIsMadeWhenItIsTakenWithoutAWish() {
        takeAndDiscard(BYTES, BYTES);
        takeAndDiscard(BYTES, BYTES);
    }

    @Test
    void aLargeFileIsMadeToFit() {
        spares.request();
        takeAndDiscard(10 * BYTES, 10 * BYTES);
        takeAndDiscard(1, BYTES);
    }

    @Test
    void aFileNobodyTakesIsDeleted() {
        spares.request();
        spares.close();
        assertEquals(List.of(), disk.files());
        assertThrows(StorageException.class, () -> spares.take(1));
    }

    @Test
    void aFailureReachesWhoeverNeedsTheFileAndIsTriedAgain() {
        disk.usableBytes(BYTES - 1);
        spares.request();
        StorageException e = assertThrows(StorageException.class, () -> spares.take(1));
        assertTrue(e.getMessage().contains("preAllocSize"), e.getMessage());
        disk.usableBytes(BYTES);
        takeAndDiscard(1, BYTES);
        disk.failFrom(2);
        assertThrows(StorageException.class, () -> spares.take(1));
        disk.heal();
        takeAndDiscard(1, BYTES);
        assertEquals(List.of(), disk.files());
    }
}
