package io.zookit.storage.files;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.DiskFile;
import io.zookit.disk.UnfinishedFiles;
import io.zookit.model.Acl;
import io.zookit.model.Check;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot. The format wants the access lists before the znodes, and they come with the znodes: so these go to a file
 * beside it first. At the end both become the snapshot, under an unfinished name; it is forced, renamed, and the directory forced.
 * One thread.
 */
final class SnapshotFileWriter implements SnapshotWriter {
    private static final int COPY_BYTES = 1 << 16;

    private record Session(long id, int timeoutMillis) {}

    private final DiskCalls disk;
    private final Path target;
    private final long zxid;
    private final Runnable closed;
    private final Path nodesPath;
    private final DiskFile nodesFile;
    private final SnapshotOutput nodes;
    private final List<Session> sessions = new ArrayList<>();
    private final Map<List<Acl>, Long> lists = new LinkedHashMap<>();
    private @Nullable List<Acl> lastList;
    private long lastListNumber;
    private boolean hasNodes;
    private boolean ended;
    private boolean isClosed;

    /**
     * @param target the complete file; packed when its name ends so
     * @param closed run once, when the writer is closed
     */
    SnapshotFileWriter(DiskCalls disk, Path target, long zxid, Runnable closed) {
        this.disk = disk;
        this.target = target;
        this.zxid = zxid;
        this.closed = closed;
        this.nodesPath = UnfinishedFiles.of(target.resolveSibling("nodes." + Long.toHexString(zxid)));
        try {
            nodesFile = disk.open(nodesPath, DiskCalls.Access.CREATE);
        } catch (IOException e) {
            throw DiskFailure.of("write", nodesPath, e);
        }
        nodes = new SnapshotOutput(DiskStreams.output(nodesFile));
    }

    @Override
    public void session(long id, int timeoutMillis) {
        Check.state(!hasNodes && !ended, "sessions come before nodes");
        sessions.add(new Session(id, timeoutMillis));
    }

    @Override
    public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
        Check.state(!ended, "the end of the snapshot was written");
        hasNodes = true;
        try {
            nodes.writeText(path.equals("/") ? SnapshotLayout.ROOT : path);
            nodes.writeData(data);
            nodes.writeLong(listNumber(acl));
            nodes.writeLong(stat.czxid());
            nodes.writeLong(stat.mzxid());
            nodes.writeLong(stat.ctime());
            nodes.writeLong(stat.mtime());
            nodes.writeInt(stat.version());
            nodes.writeInt(stat.cversion());
            nodes.writeInt(stat.aversion());
            nodes.writeLong(stat.ephemeralOwner());
            nodes.writeLong(stat.pzxid());
        } catch (IOException e) {
            throw DiskFailure.of("write", nodesPath, e);
        }
    }

    private long listNumber(List<Acl> acl) {
        // Most znodes have the very list of the one before; its hash need not be computed.
        if (acl != lastList) {
            lastListNumber = lists.computeIfAbsent(List.copyOf(acl), list -> lists.size() + 1L);
            lastList = acl;
        }
        return lastListNumber;
    }

    @Override
    public void end(@Nullable Long digest) {
        Check.state(!ended, "a snapshot has one end");
        Path unfinished = UnfinishedFiles.of(target);
        try {
            nodes.flush();
            try (DiskFile file = disk.open(unfinished, DiskCalls.Access.CREATE)) {
                writeFile(file, digest);
                file.force();
            }
            disk.rename(unfinished, target);
            ended = true;
            disk.forceDirectory(Objects.requireNonNull(target.getParent()));
        } catch (IOException e) {
            throw DiskFailure.of("complete", target, e);
        }
    }

    private void writeFile(DiskFile file, @Nullable Long digest) throws IOException {
        OutputStream stream = DiskStreams.output(file);
        if (target.toString().endsWith(SnapshotLayout.GZIP)) {
            try (GZIPOutputStream packed = new GZIPOutputStream(stream, COPY_BYTES)) {
                writeContent(new SnapshotOutput(packed), digest);
            }
        } else {
            writeContent(new SnapshotOutput(stream), digest);
        }
    }

    private void writeContent(SnapshotOutput out, @Nullable Long digest) throws IOException {
        out.writeInt(SnapshotLayout.MAGIC);
        out.writeInt(SnapshotLayout.VERSION);
        out.writeLong(SnapshotLayout.OURS);
        out.writeInt(sessions.size());
        for (Session session : sessions) {
            out.writeLong(session.id());
            out.writeInt(session.timeoutMillis());
        }
        out.writeInt(lists.size());
        for (Map.Entry<List<Acl>, Long> list : lists.entrySet()) {
            out.writeLong(list.getValue());
            writeList(out, list.getKey());
        }
        copyNodes(out);
        out.writeText(SnapshotLayout.SEAL);
        out.writeSeal();
        // A zxid of 0 says that the digest is not known.
        out.writeLong(digest == null ? 0 : zxid);
        out.writeInt(SnapshotLayout.DIGEST_VERSION);
        out.writeLong(digest == null ? 0 : digest);
        out.writeSeal();
        out.writeLong(zxid);
        out.writeSeal();
        out.flush();
    }

    private static void writeList(SnapshotOutput out, List<Acl> list) throws IOException {
        out.writeInt(list.size());
        for (Acl entry : list) {
            out.writeInt(entry.permissions());
            out.writeText(entry.id().scheme());
            out.writeText(entry.id().id());
        }
    }

    private void copyNodes(SnapshotOutput out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
        long offset = 0;
        int count;
        while ((count = nodesFile.read(buffer.clear(), offset)) > 0) {
            out.write(buffer.flip());
            offset += count;
        }
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            nodesFile.close();
            disk.delete(nodesPath);
            if (!ended) {
                deleteUnfinished();
            }
        } catch (IOException e) {
            if (ended) {
                throw new StorageException("cannot clear away " + nodesPath, e);
            }
            // The failure that is being handled says more; opening the storage clears the files away.
        } finally {
            closed.run();
        }
    }

    private void deleteUnfinished() throws IOException {
        String name = String.valueOf(UnfinishedFiles.of(target).getFileName());
        Path directory = Objects.requireNonNull(target.getParent());
        if (disk.list(directory).contains(name)) {
            disk.delete(directory.resolve(name));
        }
    }
}
