package io.zookit.storage.mapdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.disk.DiskBlocks;
import io.zookit.spi.storage.StorageException;
import io.zookit.tck.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BackgroundSparesTest {
    private static final Path DIRECTORY = Path.of("/log");
    private static final int BYTES = 3 * DiskBlocks.BYTES;

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

    private void requestAndAwait() {
        spares.request();
        // The thread takes the monitor to deliver; nothing here depends on how long that takes.
        while (!spares.isReady()) {
            Thread.onSpinWait();
        }
    }

    private void takeAndDiscard(long bytesMin, boolean filled, long room) {
        SpareFile spare = spares.take(bytesMin);
        assertEquals(filled, spare.isFilled());
        assertEquals(room, spare.bytes());
        assertEquals(filled ? room : 0, spare.volume().length());
        spare.discard(disk);
    }

    @Test
    void aFileIsFilledAheadWhenItIsWishedFor() {
        requestAndAwait();
        spares.request();
        takeAndDiscard(1, true, BYTES);
        assertFalse(spares.isReady());
        assertEquals(List.of(), disk.files());
    }

    @Test
    void anEmptyFileIsTakenAtOnceWithoutAWish() {
        takeAndDiscard(BYTES, false, BYTES);
        takeAndDiscard(BYTES, false, BYTES);
    }

    @Test
    void aLargeFileHasRoomEnough() {
        requestAndAwait();
        takeAndDiscard(10 * BYTES, false, 10 * BYTES);
        takeAndDiscard(1, true, BYTES);
    }

    @Test
    void aFileNobodyTakesIsDeleted() {
        requestAndAwait();
        spares.close();
        assertEquals(List.of(), disk.files());
    }

    @Test
    void aFailureReachesWhoeverNeedsTheFile() {
        disk.usableBytes(BYTES - 1);
        StorageException e = assertThrows(StorageException.class, () -> spares.take(1));
        assertTrue(e.getMessage().contains("preAllocSize"), e.getMessage());
        disk.usableBytes(BYTES);
        takeAndDiscard(1, false, BYTES);
    }

    @Test
    void afterAFailureAFileCanBeFilledAgain() {
        disk.failFrom(2);
        spares.request();
        while (!disk.isFailing()) {
            Thread.onSpinWait();
        }
        disk.heal();
        while (!spares.isReady()) {
            spares.request();
            Thread.onSpinWait();
        }
        takeAndDiscard(1, true, BYTES);
        assertEquals(List.of(), disk.files());
    }
}
