package io.zookit.disk;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file system of the machine. A thread that uses it must not be interrupted: the file in use would be closed. */
public final class RealDisk implements DiskCalls {
    private static final Logger LOGGER = LoggerFactory.getLogger(RealDisk.class);

    private final boolean pastTheCache;
    private final Map<Path, Boolean> directoriesTried = new ConcurrentHashMap<>();

    /**
     * @param pastTheCache whether blocks go past the page cache of the system where it can do that
     */
    public RealDisk(boolean pastTheCache) {
        this.pastTheCache = pastTheCache;
    }

    @Override
    public DiskFile open(Path file, Access access) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.READ));
        if (access != Access.READ) {
            options.add(StandardOpenOption.WRITE);
        }
        if (access == Access.CREATE || access == Access.CREATE_BLOCKS) {
            options.add(StandardOpenOption.CREATE);
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        boolean blocks = access == Access.WRITE_BLOCKS || access == Access.CREATE_BLOCKS;
        if (blocks && pastTheCache && goesPastTheCache(file.toAbsolutePath().resolveSibling(""))) {
            options.add(ExtendedOpenOption.DIRECT);
        }
        return new ChannelFile(FileChannel.open(file, options));
    }

    /** Not every file system can, and some say so only when they are written to: one block is written to see. */
    private boolean goesPastTheCache(Path directory) {
        return directoriesTried.computeIfAbsent(directory, RealDisk::tryDirectly);
    }

    private static boolean tryDirectly(Path directory) {
        Path probe = UnfinishedFiles.of(directory.resolve("direct"));
        try {
            if (Files.getFileStore(directory).getBlockSize() > DiskBlocks.BYTES) {
                return false;
            }
            Set<OpenOption> options =
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
            try (FileChannel channel = FileChannel.open(probe, options)) {
                return channel.write(DiskBlocks.allocate(DiskBlocks.BYTES), 0) == DiskBlocks.BYTES;
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOGGER.debug("{} is written through the page cache: {}", directory, e.toString());
            return false;
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public Path createDirectories(Path directory) throws IOException {
        Path created = Files.createDirectories(directory).toRealPath();
        if (pastTheCache) {
            // Tried here, before there are several threads.
            goesPastTheCache(created);
        }
        return created;
    }

    @Override
    public @Nullable AutoCloseable tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            lock = null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : channel;
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** A file behind a channel. */
    private record ChannelFile(FileChannel channel) implements DiskFile {
        @Override
        public int read(ByteBuffer into, long offset) throws IOException {
            int total = 0;
            while (into.hasRemaining()) {
                int count = channel.read(into, offset + total);
                if (count < 0) {
                    break;
                }
                total += count;
            }
            return total;
        }

        @Override
        public void write(ByteBuffer from, long offset) throws IOException {
            long position = offset;
            while (from.hasRemaining()) {
                position += channel.write(from, position);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long length) throws IOException {
            channel.truncate(length);
        }

        @Override
        public long length() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
