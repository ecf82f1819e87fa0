package com.example.zookit.journal;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.ValueStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** A file for each value: its checksum, then its bytes. Safe for all threads, because a file is replaced as a whole. */
final class JournalValues implements ValueStore {
    private static final int VALUE_BYTES_MAX = 64 * 1024;
    private static final int CHECKSUM_BYTES = 4;

    private final Folder folder;

    JournalValues(Folder folder) {
        this.folder = folder;
    }

    @Override
    public byte[] get(String name) {
        Path file = folder.file(fileName(name));
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException neverWritten) {
            return null;
        } catch (IOException e) {
            throw Folder.failed("read", file, e);
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (content.length < CHECKSUM_BYTES || bytes.getInt() != Batch.checksum(bytes, 0)) {
            throw new CorruptStorageException(file + " is damaged: bring it back from a backup");
        }
        return Arrays.copyOfRange(content, CHECKSUM_BYTES, content.length);
    }

    @Override
    public void put(String name, byte[] value) {
        String file = fileName(name);
        if (value.length > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException("a value has at most 64 KiB, not " + value.length + " bytes: " + name);
        }
        ByteBuffer content = ByteBuffer.allocate(CHECKSUM_BYTES + value.length)
                .putInt(Batch.checksum(ByteBuffer.wrap(value), 0))
                .put(value)
                .flip();
        try {
            folder.replace(file, content);
        } catch (IOException e) {
            throw Folder.failed("write", folder.file(file), e);
        }
    }

    private static String fileName(String name) {
        if (!name.matches("[A-Za-z]+")) {
            throw new IllegalArgumentException("a value's name has letters only: " + name);
        }
        return "value." + name;
    }
}
