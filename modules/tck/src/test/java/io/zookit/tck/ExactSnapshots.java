package io.zookit.tck;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Snapshots as the contract has them, in memory: the calls that wrote them, to be made again. Used by one thread. */
final class ExactSnapshots implements SnapshotStore {
    private record Snapshot(List<Consumer<SnapshotSink>> calls, List<ExactBytes> data) {
        Snapshot() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        boolean isSound() {
            return data.stream().allMatch(ExactBytes::isSound);
        }
    }

    private final ExactMedium medium;
    private final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();

    ExactSnapshots(ExactMedium medium) {
        this.medium = medium;
    }

    @Override
    public List<Long> zxids() {
        return List.copyOf(snapshots.descendingKeySet());
    }

    @Override
    public SnapshotWriter write(long zxid) {
        return new Writer(zxid);
    }

    @Override
    public void read(long zxid, SnapshotSink sink) {
        Snapshot snapshot = snapshots.get(zxid);
        if (snapshot == null) {
            throw new StorageException("there is no snapshot of zxid " + zxid, null);
        }
        if (!snapshot.isSound()) {
            throw new CorruptStorageException("the snapshot of zxid " + zxid + " is damaged");
        }
        snapshot.calls().forEach(call -> call.accept(sink));
    }

    @Override
    public long retain(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one snapshot stays");
        }
        List<Long> sound =
                zxids().stream().filter(zxid -> snapshots.get(zxid).isSound()).toList();
        if (sound.isEmpty()) {
            return 0;
        }
        long oldest = sound.get(Math.min(count, sound.size()) - 1);
        snapshots.headMap(oldest, false).clear();
        return oldest;
    }

    boolean damage(byte[] content) {
        return snapshots.values().stream()
                .flatMap(snapshot -> snapshot.data().stream())
                .anyMatch(data -> data.damage(content));
    }

    private final class Writer implements SnapshotWriter {
        private final long zxid;
        private final Snapshot snapshot = new Snapshot();

        Writer(long zxid) {
            this.zxid = zxid;
        }

        @Override
        public void session(long id, int timeoutMillis) {
            snapshot.calls().add(sink -> sink.session(id, timeoutMillis));
        }

        @Override
        public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            List<Acl> entries = List.copyOf(acl);
            if (data == null) {
                snapshot.calls().add(sink -> sink.node(path, null, entries, stat));
                return;
            }
            ExactBytes bytes = new ExactBytes(LogRecords.bytes(data));
            snapshot.data().add(bytes);
            snapshot.calls().add(sink -> sink.node(path, ByteBuffer.wrap(bytes.content()), entries, stat));
        }

        @Override
        public void end(Long digest) {
            medium.requireWritable();
            snapshot.calls().add(sink -> sink.end(digest));
            snapshots.put(zxid, snapshot);
        }

        @Override
        public void close() {
            // What has no end is nowhere yet.
        }
    }
}
