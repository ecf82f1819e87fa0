package io.zookit.disk;

import io.zookit.model.Check;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.ValueStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Each value in a file of its own: a line of text with name, length and CRC32C, then the bytes. Written under another name, forced,
 * renamed, and the directory forced.
 */
public final class ValueFiles implements ValueStore {
    private static final String PREFIX = "value.";
    private static final String MAGIC = "zookit-value-1";
    private static final int VALUE_BYTES_MAX = 64 * 1024;
    private static final int NAME_LENGTH_MAX = 100;
    private static final int HEADER_BYTES_MAX = 256;

    private final DiskCalls disk;
    private final Path directory;
    private final Set<String> plain;

    /**
     * @param directory where the files are
     * @param plain the names of values that are written without that line, under their names alone; nothing tells when they are damaged
     */
    public ValueFiles(DiskCalls disk, Path directory, Set<String> plain) {
        this.disk = disk;
        this.directory = directory;
        this.plain = plain;
    }

    @Override
    public byte @Nullable [] get(String name) {
        Path path = path(name);
        byte[] content;
        try (DiskFile file = disk.open(path, DiskCalls.Access.READ)) {
            long length = file.length();
            if (length > HEADER_BYTES_MAX + VALUE_BYTES_MAX) {
                throw damaged(path, "it is " + length + " bytes long");
            }
            content = new byte[(int) length];
            file.read(ByteBuffer.wrap(content), 0);
        } catch (NoSuchFileException neverWritten) {
            return null;
        } catch (IOException e) {
            throw DiskFailure.of("read", path, e);
        }
        if (plain.contains(name)) {
            return content;
        }
        int headerEnd = 0;
        while (headerEnd < content.length && content[headerEnd] != '\n') {
            headerEnd++;
        }
        byte[] value = Arrays.copyOfRange(content, Math.min(headerEnd + 1, content.length), content.length);
        String expected = header(name, value);
        String found = new String(content, 0, Math.min(headerEnd + 1, content.length), StandardCharsets.UTF_8);
        if (!found.equals(expected)) {
            throw damaged(path, "its first line does not fit its bytes");
        }
        return value;
    }

    @Override
    public void put(String name, byte[] value) {
        Path path = path(name);
        Check.state(value.length <= VALUE_BYTES_MAX, "a value has at most 64 KiB");
        Path unfinished = UnfinishedFiles.of(path);
        byte[] header = plain.contains(name) ? new byte[0] : header(name, value).getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(header.length + value.length);
        content.put(header).put(value).flip();
        try {
            try (DiskFile file = disk.open(unfinished, DiskCalls.Access.CREATE)) {
                file.write(content, 0);
                file.force();
            }
            disk.rename(unfinished, path);
            disk.forceDirectory(directory);
        } catch (IOException e) {
            throw DiskFailure.of("write", path, e);
        }
    }

    private Path path(String name) {
        // No text from elsewhere ever chooses a file: letters only.
        if (!name.matches("[A-Za-z]+") || name.length() > NAME_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a value's name has letters only, at most " + NAME_LENGTH_MAX + ": " + name);
        }
        return directory.resolve(plain.contains(name) ? name : PREFIX + name);
    }

    private static String header(String name, byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value);
        return MAGIC + " " + name + " " + value.length + " " + Long.toHexString(crc.getValue()) + "\n";
    }

    private static StorageException damaged(Path path, String problem) {
        return new CorruptStorageException(path + " is damaged: " + problem + "; " + Remedies.VALUE);
    }
}
