package com.example.zookit.journal;

import io.zookit.spi.storage.Storage;
import io.zookit.tck.StorageFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Folders that can lose their power, refuse to be written and be damaged: all that the contracts ask for. */
final class JournalFixture implements StorageFixture {
    private final Path directory;
    private final Random random = new Random(1);
    private boolean failing;
    private JournalStorage storage;

    JournalFixture(Path directory) {
        this.directory = directory;
        storage = open();
    }

    private JournalStorage open() {
        JournalStorage opened = new JournalStorage(folder("data"), folder("log"));
        opened.open();
        return opened;
    }

    private Folder folder(String name) {
        return new Folder(directory.resolve(name)) {
            @Override
            void write(FileChannel channel, ByteBuffer bytes) throws IOException {
                if (failing) {
                    throw new IOException("no room, says the test");
                }
                super.write(channel, bytes);
            }
        };
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

    /** Nothing is in a file and not forced but the batch of a sync that did not return: some bytes of one are put there. */
    @Override
    public Storage crash() {
        storage.letGo();
        failing = false;
        tear();
        storage = open();
        return storage;
    }

    private void tear() {
        List<Path> logs = files("log.");
        if (!logs.isEmpty()) {
            try {
                Path newest = logs.get(logs.size() - 1);
                long end = Files.size(newest);
                byte[] batch = Batch.encode(List.of(new Batch.Record(Long.MAX_VALUE, new byte[200])), end)
                        .array();
                byte[] torn = java.util.Arrays.copyOf(batch, random.nextInt(batch.length));
                Files.write(newest, torn, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void failWrites() {
        failing = true;
    }

    @Override
    public void damage(byte[] content) {
        String wanted = new String(content, StandardCharsets.ISO_8859_1);
        for (Path file : files("")) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                int start = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(wanted);
                if (start >= 0) {
                    bytes[start + content.length / 2] ^= 1;
                    Files.write(file, bytes);
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("these bytes are in no file");
    }

    private List<Path> files(String prefix) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        failing = false;
        storage.close();
    }
}
