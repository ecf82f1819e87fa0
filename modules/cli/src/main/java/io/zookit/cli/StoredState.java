package io.zookit.cli;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.tree.BrokenSnapshotException;
import io.zookit.tree.DataTree;
import io.zookit.tree.SnapshotWalk;
import io.zookit.tree.TreeListener;
import io.zookit.tree.TreeLoader;
import io.zookit.tree.TreeOptions;
import io.zookit.wire.JuteReader;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;
import io.zookit.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state a server would start with: the newest sound snapshot, and the log after it. By the rules of a server's recovery, but
 * what that logs is collected here.
 */
final class StoredState {
    private static final int NODES_PER_STEP = 10_000;

    private final DataTree tree = new DataTree(new TreeOptions(true, true));
    private final SortedMap<Long, Integer> sessions = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();
    private long snapshotZxid;
    private long replayed;
    private long exactFrom;
    private long mismatches;
    private long firstMismatch;

    private StoredState() {}

    /**
     * Reads the state.
     *
     * @throws CorruptStorageException when a server would not start with it
     */
    static StoredState of(Storage storage) {
        List<String> damages = new ArrayList<>();
        for (long zxid : storage.snapshots().zxids()) {
            StoredState state = new StoredState();
            try {
                state.load(storage.snapshots(), zxid);
            } catch (CorruptStorageException | BrokenSnapshotException damaged) {
                damages.add("passed over: " + damaged.getMessage());
                continue;
            }
            state.remarks.addAll(damages);
            state.replay(storage);
            return state;
        }
        StoredState fresh = new StoredState();
        fresh.remarks.addAll(damages);
        fresh.replay(storage);
        return fresh;
    }

    /**
     * Reads one snapshot and nothing else.
     *
     * @throws CorruptStorageException when it is damaged
     */
    static StoredState ofSnapshot(SnapshotStore snapshots, long zxid) {
        StoredState state = new StoredState();
        state.load(snapshots, zxid);
        return state;
    }

    private void load(SnapshotStore snapshots, long zxid) {
        Loading loading = new Loading(tree.startLoad());
        snapshots.read(zxid, loading);
        loading.loader.finish(zxid);
        snapshotZxid = zxid;
        if (loading.digest != null && loading.digest != tree.digest()) {
            throw new CorruptStorageException("snapshot of " + Zxid.text(zxid) + ": recorded digest " + loading.digest
                    + ", its content gives " + tree.digest());
        }
    }

    private void replay(Storage storage) {
        long first = storage.log().firstZxid();
        if (first > snapshotZxid && !Zxid.follows(first, snapshotZxid)) {
            throw new CorruptStorageException(storage.location() + ": the log begins with " + Zxid.text(first)
                    + ", the newest sound snapshot ends with " + Zxid.text(snapshotZxid)
                    + "; what lies between is missing. Restore the missing files");
        }
        long previous = snapshotZxid;
        try (LogReader reader = storage.log().read(snapshotZxid)) {
            while (reader.next()) {
                if (!Zxid.follows(reader.zxid(), previous)) {
                    throw new CorruptStorageException(storage.location() + ": the log goes from " + Zxid.text(previous)
                            + " to " + Zxid.text(reader.zxid()) + "; transactions are missing");
                }
                previous = reader.zxid();
                apply(storage, reader.zxid(), reader.record());
            }
        }
        if (mismatches > 0) {
            remarks.add(mismatches + " transactions, the first " + Zxid.text(firstMismatch)
                    + ", are recorded with another digest than replaying them gives");
        }
    }

    private void apply(Storage storage, long zxid, ByteBuffer record) {
        LoggedTxn logged = decode(storage, zxid, record);
        tree.apply(logged.header(), logged.txn(), TreeListener.NONE);
        replayed++;
        if (logged.txn() instanceof Txn.CreateSession open) {
            sessions.put(logged.header().sessionId(), open.timeoutMillis());
        } else if (logged.txn() instanceof Txn.CloseSession) {
            sessions.remove(logged.header().sessionId());
        }
        LoggedTxn.Digest digest = logged.digest();
        if (digest != null
                && digest.version() == LoggedTxn.Digest.CURRENT_VERSION
                && zxid >= exactFrom
                && digest.value() != tree.digest()) {
            firstMismatch = mismatches == 0 ? zxid : firstMismatch;
            mismatches++;
        }
    }

    /**
     * A record as a transaction.
     *
     * @throws CorruptStorageException when it is none
     */
    static LoggedTxn decode(Storage storage, long zxid, ByteBuffer record) {
        try {
            return TxnCodec.read(new JuteReader(record));
        } catch (WireFormatException malformed) {
            throw new CorruptStorageException(storage.location() + ": the record of " + Zxid.text(zxid)
                    + " is no transaction: " + malformed.getMessage());
        }
    }

    /** Writes it as one snapshot. */
    void writeTo(SnapshotWriter writer, Progress progress) {
        sessions.forEach(writer::session);
        SnapshotWalk walk = tree.startWalk((path, content, dataOffset, dataLength, acl, stat) -> {
            ByteBuffer data = dataLength < 0 ? null : ByteBuffer.wrap(content, dataOffset, dataLength);
            writer.node(path, data, acl, stat);
            progress.one();
        });
        boolean complete = false;
        while (!complete) {
            complete = walk.step(NODES_PER_STEP);
        }
        writer.end(tree.digest());
    }

    DataTree tree() {
        return tree;
    }

    /** Timeouts in milliseconds by session. */
    SortedMap<Long, Integer> sessions() {
        return sessions;
    }

    long zxid() {
        return tree.lastZxid();
    }

    /** The zxid of the snapshot it began with, 0 for none. */
    long snapshotZxid() {
        return snapshotZxid;
    }

    /** Transactions taken from the log. */
    long replayed() {
        return replayed;
    }

    /** What is not as it should be, although a server would start. */
    List<String> remarks() {
        return remarks;
    }

    private final class Loading implements SnapshotSink {
        private final TreeLoader loader;
        private @Nullable Long digest;

        Loading(TreeLoader loader) {
            this.loader = loader;
        }

        @Override
        public void session(long id, int timeoutMillis) {
            sessions.put(id, timeoutMillis);
        }

        @Override
        public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            loader.load(path, data, acl, stat);
        }

        @Override
        public void mayHoldLater(long zxid) {
            exactFrom = zxid;
        }

        @Override
        public void end(@Nullable Long recorded) {
            digest = recorded;
        }
    }
}
