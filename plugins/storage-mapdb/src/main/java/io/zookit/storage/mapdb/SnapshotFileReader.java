package io.zookit.storage.mapdb;

import io.zookit.disk.Remedies;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.mapdb.Serializer;
import org.mapdb.SortedTableMap;

/** Reads one snapshot, checking every block before its content is believed. One thread. */
final class SnapshotFileReader {
    private final DiskVolume volume;
    private final long zxid;
    private final CRC32C crc = new CRC32C();
    private final CRC32C crcOfCrcs = new CRC32C();
    private final ByteBuffer scratch = ByteBuffer.allocate(Integer.BYTES);
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private final SnapshotRecords records;
    private int sequence;

    SnapshotFileReader(DiskVolume volume, long zxid, SnapshotSink sink) {
        this.volume = volume;
        this.zxid = zxid;
        this.records = new SnapshotRecords(sink, this::damaged);
    }

    /**
     * Reads all of it.
     *
     * @throws CorruptStorageException when something is not as it was written
     */
    void read() {
        Iterator<byte[]> blocks = openTable();
        Footer footer = null;
        byte[] block;
        while (footer == null && (block = nextBlock(blocks)) != null) {
            footer = take(block);
            sequence++;
        }
        if (footer == null) {
            throw damaged("the end is missing");
        }
        if (nextBlock(blocks) != null) {
            throw damaged("blocks follow the end");
        }
        records.end(footer.digest());
    }

    private Iterator<byte[]> openTable() {
        long length = volume.length();
        if (length < SnapshotLayout.PAGE_BYTES || length % SnapshotLayout.PAGE_BYTES != 0) {
            throw damaged("its length is " + length);
        }
        long pages = volume.getLong(SnapshotLayout.TABLE_PAGE_COUNT_OFFSET) + 1;
        if (volume.getLong(SnapshotLayout.TABLE_PAGE_BYTES_OFFSET) != SnapshotLayout.PAGE_BYTES
                || pages != length / SnapshotLayout.PAGE_BYTES) {
            throw damaged("the header of the table does not fit its length of " + length);
        }
        try {
            return SortedTableMap.open(volume, Serializer.LONG, new BlockSerializer())
                    .valueIterator();
        } catch (Exception | IOError | AssertionError e) {
            throw unreadable(e);
        }
    }

    private byte @Nullable [] nextBlock(Iterator<byte[]> blocks) {
        try {
            return blocks.hasNext() ? blocks.next() : null;
        } catch (Exception | IOError | AssertionError e) {
            throw unreadable(e);
        }
    }

    /**
     * The exception for whatever MapDB stumbled over: it was reading bytes that are not what it wrote, unless the disk itself
     * has failed. MapDB is written in Kotlin and throws checked exceptions without saying so.
     */
    private StorageException unreadable(Throwable cause) {
        if (cause instanceof StorageException known && known.getCause() instanceof IOException) {
            return known;
        }
        return damaged("the table cannot be read: " + cause, cause);
    }

    /** Checks and passes on a block; answers the footer when it is that. */
    private @Nullable Footer take(byte[] block) {
        ByteBuffer bytes = ByteBuffer.wrap(block);
        int blockCrc = bytes.getInt();
        if (blockCrc != SnapshotLayout.crc(crc, zxid, block, block.length)) {
            throw damaged("the block fails the checksum");
        }
        int number = bytes.getInt();
        byte kind = bytes.get();
        if (number != sequence || (sequence == 0) != (kind == SnapshotLayout.HEADER)) {
            throw damaged("the block does not belong here");
        }
        if (kind == SnapshotLayout.FOOTER) {
            return footer(bytes);
        }
        crcOfCrcs.update(scratch.clear().putInt(0, blockCrc));
        boolean inParts = parts.size() > 0;
        switch (kind) {
            case SnapshotLayout.HEADER -> header(bytes);
            case SnapshotLayout.RECORDS -> {
                if (inParts) {
                    throw damaged("the rest of a record is missing");
                }
                records.take(bytes);
            }
            case SnapshotLayout.PART -> parts.write(block, bytes.position(), bytes.remaining());
            case SnapshotLayout.LAST_PART -> {
                parts.write(block, bytes.position(), bytes.remaining());
                records.take(ByteBuffer.wrap(parts.toByteArray()));
                parts.reset();
            }
            default -> throw damaged("the block is of the unknown kind " + kind);
        }
        return null;
    }

    private void header(ByteBuffer bytes) {
        if (bytes.remaining() < Integer.BYTES) {
            throw damaged("the header is too short");
        }
        int version = bytes.getInt();
        if (version != SnapshotLayout.VERSION) {
            throw new StorageException(
                    volume.path() + " has snapshot format " + version + ", this server knows " + SnapshotLayout.VERSION
                            + "; start the version that wrote it",
                    null);
        }
        if (bytes.remaining() != Long.BYTES || bytes.getLong() != zxid) {
            throw damaged("it holds the state of another zxid than its name says");
        }
    }

    private record Footer(@Nullable Long digest) {}

    private Footer footer(ByteBuffer bytes) {
        if (bytes.remaining() != 3 * Long.BYTES + 2 * Integer.BYTES + 1) {
            throw damaged("the footer has another length");
        }
        long sessions = bytes.getLong();
        long nodes = bytes.getLong();
        int blocks = bytes.getInt();
        int expectedCrc = bytes.getInt();
        boolean hasDigest = bytes.get() != 0;
        long digest = bytes.getLong();
        if (blocks != sequence
                || expectedCrc != (int) crcOfCrcs.getValue()
                || sessions != records.sessions()
                || nodes != records.nodes()
                || parts.size() > 0) {
            throw damaged("the footer counts other blocks, sessions or nodes than there are");
        }
        return new Footer(hasDigest ? digest : null);
    }

    private CorruptStorageException damaged(String problem) {
        return damaged(problem, null);
    }

    private CorruptStorageException damaged(String problem, @Nullable Throwable cause) {
        return new CorruptStorageException(
                volume.path() + " is damaged at block " + sequence + ": " + problem + "; " + Remedies.SNAPSHOT, cause);
    }
}
