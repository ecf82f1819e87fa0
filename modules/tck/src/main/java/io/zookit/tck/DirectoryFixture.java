package io.zookit.tck;

import io.zookit.disk.UnfinishedFiles;
import io.zookit.spi.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A storage in a directory of the machine, whose bytes can be damaged: the last step before a server, after a simulated disk. */
public final class DirectoryFixture implements StorageFixture {
    private final Path directory;
    private final Function<Path, Storage> newStorage;
    private final Set<StorageCapability> capabilities;
    private Storage storage;

    /**
     * Opens a storage in a new directory.
     *
     * @param newStorage makes a storage in a directory, not open yet
     * @param capabilities {@link StorageCapability#DAMAGE} when the bytes of records and snapshots stand in the files as they are; or none
     * @throws IOException when there can be no directory
     */
    public DirectoryFixture(Function<Path, Storage> newStorage, StorageCapability... capabilities) throws IOException {
        this.newStorage = newStorage;
        this.capabilities = Set.of(capabilities);
        directory = Files.createTempDirectory("zookit-storage");
        storage = open();
    }

    private Storage open() {
        Storage opened = newStorage.apply(directory);
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
        return capabilities;
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
                int at = SimulatedFile.indexOf(bytes, content);
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
            // A file that is being prepared holds nothing yet, and may be gone at any time.
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !UnfinishedFiles.isOne(String.valueOf(file.getFileName())))
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
