package io.zookit.storage.mapdb;

import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.Storage;
import io.zookit.tck.StorageCapability;
import io.zookit.tck.StorageFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A storage in a directory of the machine, with its thread for preparing log files. */
final class RealFixture implements StorageFixture {
    private static final long SEGMENT_BYTES = 64 * 1024;

    private final Path directory;
    private Storage storage;

    RealFixture() throws IOException {
        directory = Files.createTempDirectory("zookit-storage");
        storage = open();
    }

    private Storage open() {
        DiskCalls disk = new RealDisk(true);
        MapdbStorage opened = new MapdbStorage(
                disk,
                directory,
                directory,
                new LogOptions(SEGMENT_BYTES, true, 10_000),
                ServerClock.system(),
                1,
                place -> {
                    BackgroundSpares spares = new BackgroundSpares(disk, place, SEGMENT_BYTES, Thread::new);
                    spares.start();
                    return spares;
                });
        try {
            opened.open();
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return Set.of(StorageCapability.DAMAGE);
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage reopen() {
        storage.close();
        storage = open();
        return storage;
    }

    @Override
    public void damage(byte[] content) {
        for (Path file : files()) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                int at = SimulatedDisk.indexOf(bytes, content);
                if (at >= 0) {
                    bytes[at + content.length / 2] ^= 0x55;
                    Files.write(file, bytes);
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("the bytes to be damaged are in no file");
    }

    private List<Path> files() {
        try (Stream<Path> walk = Files.walk(directory)) {
            // A file that is being prepared holds nothing yet.
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(FileNames.UNFINISHED))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        storage.close();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
