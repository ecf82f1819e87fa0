package io.zookit.storage.memory;

import io.zookit.model.Acl;
import io.zookit.model.Check;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Snapshots as lists of what was written. Safe for all threads. */
final class MemorySnapshots implements SnapshotStore {
    private record Session(long id, int timeoutMillis) {}

    private record Node(String path, byte @Nullable [] data, List<Acl> acl, PersistedStat stat) {}

    private record Snapshot(
            List<Session> sessions,
            List<Node> nodes,
            @Nullable Long digest) {}

    private final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
    private @Nullable Writer writing;

    @Override
    public synchronized List<Long> zxids() {
        return List.copyOf(snapshots.descendingKeySet());
    }

    @Override
    public synchronized SnapshotWriter write(long zxid) {
        Check.state(writing == null, "one snapshot is written at a time");
        Writer writer = new Writer(zxid);
        writing = writer;
        return writer;
    }

    @Override
    public void read(long zxid, SnapshotSink sink) {
        Snapshot snapshot = find(zxid);
        for (Session session : snapshot.sessions()) {
            sink.session(session.id(), session.timeoutMillis());
        }
        for (Node node : snapshot.nodes()) {
            byte[] data = node.data();
            sink.node(
                    node.path(),
                    data == null ? null : ByteBuffer.wrap(data).asReadOnlyBuffer(),
                    node.acl(),
                    node.stat());
        }
        sink.end(snapshot.digest());
    }

    private synchronized Snapshot find(long zxid) {
        Snapshot snapshot = snapshots.get(zxid);
        if (snapshot == null) {
            throw new StorageException("there is no snapshot of zxid " + zxid + " in memory", null);
        }
        return snapshot;
    }

    @Override
    public synchronized long retain(int count) {
        Check.state(count >= 1, "at least one snapshot stays");
        while (snapshots.size() > count) {
            snapshots.pollFirstEntry();
        }
        return snapshots.isEmpty() ? 0 : snapshots.firstKey();
    }

    synchronized void dropUnfinished() {
        writing = null;
    }

    private synchronized void complete(Writer writer, Snapshot snapshot) {
        Check.state(writing == writer, "the storage was closed while a snapshot was written");
        snapshots.put(writer.zxid, snapshot);
    }

    private synchronized void closed(Writer writer) {
        if (writing == writer) {
            writing = null;
        }
    }

    /** A snapshot being written, by one thread. */
    private final class Writer implements SnapshotWriter {
        private final long zxid;
        private final List<Session> sessions = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();
        private boolean ended;

        Writer(long zxid) {
            this.zxid = zxid;
        }

        @Override
        public void session(long id, int timeoutMillis) {
            Check.state(nodes.isEmpty() && !ended, "sessions come before nodes");
            sessions.add(new Session(id, timeoutMillis));
        }

        @Override
        public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            Check.state(!ended, "the end of the snapshot was written");
            byte[] bytes = null;
            if (data != null) {
                bytes = new byte[data.remaining()];
                data.duplicate().get(bytes);
            }
            nodes.add(new Node(path, bytes, List.copyOf(acl), stat));
        }

        @Override
        public void end(@Nullable Long digest) {
            Check.state(!ended, "a snapshot has one end");
            ended = true;
            complete(this, new Snapshot(sessions, nodes, digest));
        }

        @Override
        public void close() {
            closed(this);
        }
    }
}
