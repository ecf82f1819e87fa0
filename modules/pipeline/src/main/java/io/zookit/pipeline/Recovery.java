package io.zookit.pipeline;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.Zxid;
import io.zookit.session.SessionTable;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.Storage;
import io.zookit.tree.BrokenSnapshotException;
import io.zookit.tree.DataTree;
import io.zookit.tree.TreeListener;
import io.zookit.tree.TreeLoader;
import io.zookit.tree.TreeOptions;
import io.zookit.wire.JuteReader;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;
import io.zookit.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the state back: the newest sound snapshot, then every transaction of the log after it. Runs on the start thread, before
 * anything is served. A hole in the history, or a log without its base, stops the start: nothing is ever served that is less than
 * what was acknowledged.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Storage storage;
    private final TreeOptions treeOptions;
    private final ServerClock clock;
    private final DigestComparison digests = new DigestComparison(true);
    private long digestsCountFrom;

    Recovery(Storage storage, TreeOptions treeOptions, ServerClock clock) {
        this.storage = storage;
        this.treeOptions = treeOptions;
        this.clock = clock;
    }

    /**
     * What was brought back.
     *
     * @param lastZxid the newest zxid, 0 for an empty storage
     * @param snapshotZxid the zxid of the snapshot it began with, 0 for none
     * @param replayed transactions taken from the log
     * @param replayedBytes their bytes
     * @param tookMillis how long it took
     * @param inStep whether the tree is the one that was recorded, as far as its digests tell
     */
    record Recovered(
            DataTree tree,
            SessionTable<ClientConnection> sessions,
            long lastZxid,
            long snapshotZxid,
            long replayed,
            long replayedBytes,
            long tookMillis,
            boolean inStep) {
        /** One line for the log. */
        String text() {
            // Not by a format: the first one of a process brings in the data of locales, for a tenth of the time of a
            // start.
            return "zxid 0x" + Long.toHexString(lastZxid) + ", " + tree.nodeCount() + " znodes, " + sessions.size()
                    + " sessions (snapshot 0x" + Long.toHexString(snapshotZxid) + ", " + replayed
                    + " transactions replayed) in " + tookMillis + " ms";
        }
    }

    /**
     * @throws CorruptStorageException when the history has a hole or no beginning
     */
    Recovered recover() {
        long began = clock.monotonicMillis();
        Base base = newestSoundSnapshot();
        if (base == null) {
            base = new Base(new DataTree(treeOptions), new SessionTable<>(), 0);
        }
        requireContinuation(base.zxid);
        Logged replayed = replay(base);
        long lastZxid = base.tree.lastZxid();
        return new Recovered(
                base.tree,
                base.sessions,
                lastZxid,
                base.zxid,
                replayed.transactions(),
                replayed.bytes(),
                clock.monotonicMillis() - began,
                digests.isInStep());
    }

    private record Base(DataTree tree, SessionTable<ClientConnection> sessions, long zxid) {}

    private @Nullable Base newestSoundSnapshot() {
        for (long zxid : storage.snapshots().zxids()) {
            Loading loading = new Loading(new DataTree(treeOptions), new SessionTable<>());
            try {
                storage.snapshots().read(zxid, loading);
                loading.finish(zxid);
                digestsCountFrom = loading.exactFrom;
                digests.restart(loading.digest != null || loading.exactFrom != 0);
                return new Base(loading.tree, loading.sessions, zxid);
            } catch (CorruptStorageException | BrokenSnapshotException damaged) {
                LOG.warn("snapshot of {} is damaged, trying an older one: {}", Zxid.text(zxid), damaged.getMessage());
            }
        }
        return null;
    }

    /** The log has to go on where the snapshot ends, or begin at the beginning. */
    private void requireContinuation(long snapshotZxid) {
        long first = storage.log().firstZxid();
        if (first != 0 && first > snapshotZxid && !Zxid.follows(first, snapshotZxid)) {
            throw new CorruptStorageException(
                    storage.location() + ": the log begins with " + Zxid.text(first)
                            + ", but the newest sound snapshot ends with " + Zxid.text(snapshotZxid)
                            + ": what lies between is missing. Restore the missing files, or move this directory away to start empty");
        }
    }

    private Logged replay(Base base) {
        Logged replayed = new Logged(0, 0);
        long previous = base.zxid;
        try (LogReader reader = storage.log().read(base.zxid)) {
            while (reader.next()) {
                long zxid = reader.zxid();
                if (!Zxid.follows(zxid, previous)) {
                    throw new CorruptStorageException(storage.location() + ": the log goes from " + Zxid.text(previous)
                            + " to " + Zxid.text(zxid) + "; transactions are missing");
                }
                replayed.add(reader.record().remaining());
                replay(base, zxid, reader.record());
                previous = zxid;
            }
        }
        return replayed;
    }

    private void replay(Base base, long zxid, ByteBuffer record) {
        LoggedTxn logged;
        try {
            logged = TxnCodec.read(new JuteReader(record));
        } catch (WireFormatException malformed) {
            throw new CorruptStorageException(storage.location() + ": the record of " + Zxid.text(zxid)
                    + " is no transaction: " + malformed.getMessage());
        }
        long sessionId = logged.header().sessionId();
        base.tree.apply(logged.header(), logged.txn(), TreeListener.NONE);
        if (logged.txn() instanceof Txn.CreateSession open) {
            base.sessions.add(sessionId, open.timeoutMillis());
        } else if (logged.txn() instanceof Txn.CloseSession) {
            base.sessions.remove(sessionId);
        }
        compareDigest(zxid, logged.digest(), base.tree.digest());
    }

    private void compareDigest(long zxid, LoggedTxn.@Nullable Digest recorded, long computed) {
        if (recorded != null
                && treeOptions.digestEnabled()
                && zxid >= digestsCountFrom
                && digests.comesApart(recorded, computed)) {
            LOG.error("digest mismatch after {}: logged {}, computed {}", Zxid.text(zxid), recorded.value(), computed);
        }
    }

    /** Takes a snapshot in. */
    private final class Loading implements SnapshotSink {
        private final DataTree tree;
        private final SessionTable<ClientConnection> sessions;
        private final TreeLoader loader;
        private @Nullable Long digest;
        private long exactFrom;

        Loading(DataTree tree, SessionTable<ClientConnection> sessions) {
            this.tree = tree;
            this.sessions = sessions;
            this.loader = tree.startLoad();
        }

        @Override
        public void session(long id, int timeoutMillis) {
            sessions.add(id, timeoutMillis);
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

        void finish(long zxid) {
            loader.finish(zxid);
            if (digest != null && treeOptions.digestEnabled() && digest != tree.digest()) {
                throw new CorruptStorageException("snapshot of " + Zxid.text(zxid) + ": recorded digest " + digest
                        + ", its content gives " + tree.digest());
            }
        }
    }
}
