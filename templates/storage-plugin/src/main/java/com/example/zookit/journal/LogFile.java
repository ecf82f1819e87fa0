package com.example.zookit.journal;

import io.zookit.spi.storage.CorruptStorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One file of the log: batches, and where in it each record is. The {@link JournalLog} says which thread may use it. */
final class LogFile {
    private final Path path;
    private final FileChannel channel;
    private final NavigableMap<Long, Batch.Entry> entries = new TreeMap<>();
    private long size;

    private LogFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static LogFile open(Path path) throws IOException {
        return new LogFile(
                path,
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /**
     * Reads all batches. What stands at the end without being whole was never acknowledged, as long as nothing whole follows it:
     * each batch is forced before the next one begins.
     *
     * @param newest whether this file may end in the middle of a batch
     * @return how many bytes were cut off
     */
    long recover(boolean newest) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path));
        int position = 0;
        for (int bytes = Batch.sizeAt(file, 0); bytes > 0; bytes = Batch.sizeAt(file, position)) {
            for (Batch.Entry entry : Batch.entries(file, position)) {
                entries.put(entry.zxid(), entry);
            }
            position += bytes;
        }
        if (position < file.limit() && (!newest || hasBatchAfter(file, position))) {
            throw damaged(position);
        }
        size = position;
        if (position < file.limit()) {
            channel.truncate(position);
            channel.force(true);
        }
        return file.limit() - position;
    }

    private static boolean hasBatchAfter(ByteBuffer file, int offset) {
        for (int next = offset + 1; next < file.limit(); next++) {
            if (Batch.sizeAt(file, next) > 0) {
                return true;
            }
        }
        return false;
    }

    private CorruptStorageException damaged(long offset) {
        return new CorruptStorageException(path + " is damaged at offset " + offset
                + ": bring the file back from a backup, or start from a copy of another server's data");
    }

    void append(Folder folder, List<Batch.Record> records) throws IOException {
        ByteBuffer batch = Batch.encode(records, size);
        int bytes = batch.limit();
        channel.position(size);
        folder.write(channel, batch);
        channel.force(false);
        long offset = size + Batch.HEADER_BYTES;
        for (Batch.Record record : records) {
            offset += Batch.RECORD_HEADER_BYTES;
            int checksum = Batch.checksum(ByteBuffer.wrap(record.bytes()), 0);
            entries.put(record.zxid(), new Batch.Entry(record.zxid(), offset, record.bytes().length, checksum));
            offset += record.bytes().length;
        }
        size += bytes;
    }

    byte[] read(Batch.Entry entry) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(entry.length());
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, entry.offset() + bytes.position()) < 0) {
                throw damaged(entry.offset());
            }
        }
        if (Batch.checksum(bytes.flip(), 0) != entry.checksum()) {
            throw damaged(entry.offset());
        }
        return bytes.array();
    }

    NavigableMap<Long, Batch.Entry> entries() {
        return entries;
    }

    Path path() {
        return path;
    }

    void close() throws IOException {
        channel.close();
    }
}
