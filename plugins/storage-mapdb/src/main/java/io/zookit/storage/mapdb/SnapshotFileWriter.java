package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.UnfinishedFiles;
import io.zookit.model.Acl;
import io.zookit.model.Check;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;
import org.mapdb.Serializer;
import org.mapdb.SortedTableMap;

/** Writes a snapshot under an unfinished name; at the end it is forced, renamed, and the directory forced. One thread. */
final class SnapshotFileWriter implements SnapshotWriter {
    private final DiskCalls disk;
    private final Path directory;
    private final Path target;
    private final long zxid;
    private final Runnable closed;
    private final DiskVolume volume;
    private final SortedTableMap.Sink<Long, byte[]> table;
    private final CRC32C crc = new CRC32C();
    private final CRC32C crcOfCrcs = new CRC32C();
    private final ByteBuffer scratch = ByteBuffer.allocate(Integer.BYTES);
    private final ByteBuffer block = ByteBuffer.allocate(SnapshotLayout.BLOCK_BYTES_MAX);
    private final Map<List<Acl>, Integer> lists = new HashMap<>();
    private @Nullable List<Acl> lastList;
    private int lastListNumber;
    private int sequence;
    private long sessions;
    private long nodes;
    private boolean ended;
    private boolean isClosed;

    /**
     * @param target the name of the complete file
     * @param closed run once, when the writer is closed
     */
    SnapshotFileWriter(DiskCalls disk, Path target, long zxid, Runnable closed) {
        this.disk = disk;
        this.directory = java.util.Objects.requireNonNull(target.getParent());
        this.target = target;
        this.zxid = zxid;
        this.closed = closed;
        Path unfinished = UnfinishedFiles.of(target);
        this.volume = DiskVolume.open(disk, unfinished, DiskCalls.Access.CREATE);
        this.table = SortedTableMap.create(volume, Serializer.LONG, new BlockSerializer())
                .pageSize(SnapshotLayout.PAGE_BYTES)
                .nodeSize(SnapshotLayout.BLOCKS_IN_NODE)
                .createFromSink();
        beginBlock();
        block.putInt(SnapshotLayout.VERSION).putLong(zxid);
        endBlock(SnapshotLayout.HEADER);
    }

    @Override
    public void session(long id, int timeoutMillis) {
        Check.state(nodes == 0 && !ended, "sessions come before nodes");
        ByteBuffer record = record(1 + Long.BYTES + Integer.BYTES);
        record.put(SnapshotLayout.SESSION).putLong(id).putInt(timeoutMillis);
        complete(record);
        sessions++;
    }

    @Override
    public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
        Check.state(!ended, "the end of the snapshot was written");
        int list = listNumber(acl);
        byte[] pathBytes = path.getBytes(StandardCharsets.UTF_8);
        int dataLength = data == null ? -1 : data.remaining();
        ByteBuffer record = record(
                1 + Integer.BYTES + pathBytes.length + SnapshotLayout.NODE_FIXED_BYTES + Math.max(0, dataLength));
        record.put(SnapshotLayout.NODE).putInt(pathBytes.length).put(pathBytes).putInt(list);
        record.putLong(stat.czxid()).putLong(stat.mzxid()).putLong(stat.ctime()).putLong(stat.mtime());
        record.putInt(stat.version()).putInt(stat.cversion()).putInt(stat.aversion());
        record.putLong(stat.ephemeralOwner()).putLong(stat.pzxid()).putInt(dataLength);
        if (data != null) {
            record.put(data.duplicate());
        }
        complete(record);
        nodes++;
    }

    private int listNumber(List<Acl> acl) {
        // Most znodes have the very list of the one before; its hash need not be computed.
        if (acl == lastList) {
            return lastListNumber;
        }
        Integer known = lists.get(acl);
        int number = known == null ? writeList(acl) : known;
        lastList = acl;
        lastListNumber = number;
        return number;
    }

    private int writeList(List<Acl> acl) {
        int bytes = 1 + Integer.BYTES;
        for (Acl entry : acl) {
            bytes += 3 * Integer.BYTES
                    + utf8(entry.id().scheme()).length
                    + utf8(entry.id().id()).length;
        }
        ByteBuffer record = record(bytes);
        record.put(SnapshotLayout.ACL).putInt(acl.size());
        for (Acl entry : acl) {
            byte[] scheme = utf8(entry.id().scheme());
            byte[] id = utf8(entry.id().id());
            record.putInt(entry.permissions())
                    .putInt(scheme.length)
                    .put(scheme)
                    .putInt(id.length)
                    .put(id);
        }
        complete(record);
        int number = lists.size();
        lists.put(List.copyOf(acl), number);
        return number;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where to write a record of a known size: into the block, or beside it when it is too large for any. */
    private ByteBuffer record(int bytes) {
        if (bytes > SnapshotLayout.PAYLOAD_BYTES_MAX) {
            endRecords();
            return ByteBuffer.allocate(bytes);
        }
        if (bytes > block.remaining()) {
            endRecords();
        }
        return block;
    }

    private void complete(ByteBuffer record) {
        if (record == block) {
            return;
        }
        record.flip();
        while (record.hasRemaining()) {
            int length = Math.min(record.remaining(), block.remaining());
            block.put(record.slice().limit(length));
            record.position(record.position() + length);
            endBlock(record.hasRemaining() ? SnapshotLayout.PART : SnapshotLayout.LAST_PART);
        }
    }

    private void endRecords() {
        if (block.position() > SnapshotLayout.BLOCK_HEADER_BYTES) {
            endBlock(SnapshotLayout.RECORDS);
        }
    }

    private void beginBlock() {
        block.clear().position(SnapshotLayout.BLOCK_HEADER_BYTES);
    }

    private void endBlock(byte kind) {
        block.putInt(Integer.BYTES, sequence).put(2 * Integer.BYTES, kind);
        byte[] bytes = Arrays.copyOf(block.array(), block.position());
        int blockCrc = SnapshotLayout.crc(crc, zxid, bytes, bytes.length);
        ByteBuffer.wrap(bytes).putInt(0, blockCrc);
        crcOfCrcs.update(scratch.clear().putInt(0, blockCrc));
        try {
            table.put((long) sequence, bytes);
        } catch (DBException | AssertionError e) {
            throw new StorageException("cannot write " + volume.path() + ": " + e, e);
        }
        sequence++;
        Check.state(sequence > 0, "a snapshot has fewer than 2^31 blocks");
        beginBlock();
    }

    @Override
    public void end(@Nullable Long digest) {
        Check.state(!ended, "a snapshot has one end");
        endRecords();
        block.putLong(sessions).putLong(nodes).putInt(sequence).putInt((int) crcOfCrcs.getValue());
        block.put((byte) (digest == null ? 0 : 1)).putLong(digest == null ? 0 : digest);
        endBlock(SnapshotLayout.FOOTER);
        try {
            // Writes what is left, the table's header, and forces.
            table.create();
        } catch (DBException | AssertionError e) {
            throw new StorageException("cannot complete " + volume.path() + ": " + e, e);
        }
        volume.close();
        try {
            disk.rename(volume.path(), target);
            ended = true;
            disk.forceDirectory(directory);
        } catch (IOException e) {
            throw DiskFailure.of("complete", target, e);
        }
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            volume.close();
            if (!ended) {
                disk.delete(volume.path());
            }
        } catch (IOException e) {
            throw DiskFailure.of("delete", volume.path(), e);
        } finally {
            closed.run();
        }
    }
}
