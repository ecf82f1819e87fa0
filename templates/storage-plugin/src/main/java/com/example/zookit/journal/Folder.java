package com.example.zookit.journal;

import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One directory, and the few things done to it. What a method has returned from is durable. All writing goes through
 * {@link #write}, so that a test can make it fail.
 */
class Folder {
    private static final String UNFINISHED = ".tmp";

    private final Path path;
    private FileChannel lock;

    Folder(Path path) {
        this.path = path;
    }

    /** Creates and locks the directory, and removes what a crash left half done. */
    final void open() {
        try {
            Files.createDirectories(path);
            force(path.toAbsolutePath().getParent());
            lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw inUse();
            }
            for (Path file : files("", UNFINISHED)) {
                Files.delete(file);
            }
        } catch (OverlappingFileLockException sameProcess) {
            throw inUse();
        } catch (IOException e) {
            throw failed("open", path, e);
        }
    }

    private StorageException inUse() {
        return new StorageException(path + " is in use by another server; give each server its own directory", null);
    }

    final void close() {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw failed("unlock", path, e);
            }
        }
    }

    final Path file(String name) {
        return path.resolve(name);
    }

    /** The files whose names begin and end like this, by name. */
    final List<Path> files(String prefix, String suffix) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix) && name.endsWith(suffix)) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            throw failed("list", path, e);
        }
        files.sort(null);
        return files;
    }

    final List<Path> finishedFiles(String prefix) {
        List<Path> files = files(prefix, "");
        files.removeIf(file -> file.toString().endsWith(UNFINISHED));
        return files;
    }

    /** A new file that does not count before {@link #finish}; an unfinished one of before is written over. */
    final FileChannel begin(String name) throws IOException {
        return FileChannel.open(
                file(name + UNFINISHED),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    /** Makes the file that was begun the one of this name, in place of any other: as a whole or not at all. */
    final void finish(String name, FileChannel channel) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(
                file(name + UNFINISHED),
                file(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force(path);
    }

    final void abandon(String name) throws IOException {
        Files.deleteIfExists(file(name + UNFINISHED));
    }

    final void replace(String name, ByteBuffer content) throws IOException {
        try (FileChannel channel = begin(name)) {
            write(channel, content);
            finish(name, channel);
        }
    }

    final void delete(Path file) throws IOException {
        Files.delete(file);
        force(path);
    }

    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A name in a directory is durable only when the directory itself was forced. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    final long usableBytes() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw failed("ask for the room of", path, e);
        }
    }

    static StorageException failed(String attempt, Path file, IOException cause) {
        return new StorageException("cannot " + attempt + " " + file + ": " + cause, cause);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
