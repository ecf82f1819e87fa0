package io.zookit.pipeline;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.Storage;
import io.zookit.tree.NodeCapture;
import io.zookit.tree.SnapshotWalk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a snapshot now and then, without stopping the server: the owner of the state walks the tree in slices of a bounded time
 * between requests, and a thread of its own writes what was captured. A znode that changes during the walk is captured in its old
 * form first, so a snapshot is exactly the state after one zxid.
 */
final class Snapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    /** The longest the owner walks in one turn. */
    private static final long SLICE_NANOS = 500_000;
    /** Znodes between two looks at the clock. */
    private static final int STEP_NODES = 64;
    /** Full chunks that wait for the writer before the walk pauses. */
    private static final int CHUNKS_WAITING_MAX = 32;
    /** About what a znode takes in a snapshot beside its path and data. */
    private static final int BYTES_PER_NODE = 80;
    /** Chunks of changed znodes that may pile up on top while the walk is paused; beyond it the snapshot is given up. */
    private static final int CHUNKS_PILED_MAX = 512;

    private static final long NOT_WANTED = Long.MAX_VALUE;

    private final ReplicaState state;
    private final FreeSpaceStep freeSpace;
    private final Storage storage;
    private final Logged logged;
    private final Runnable rollLog;
    private final Runnable announce;
    private final ServerClock clock;
    private final ThreadFactory threads;
    private final RandomGenerator random;
    private final Summary tookMillis;
    private final PipelineOptions options;

    private final Runnable announceTaken;
    private int transactionsWanted;
    private long transactionsBefore;
    private long bytesBefore;
    private long bytesToCapture;
    private @Nullable SnapshotWalk walk;
    private long wantedZxid = NOT_WANTED;
    /** What is being written, and whether anything may be: also asked by the thread that changes the storage. */
    private final Object starting = new Object();

    private boolean suspended;
    private volatile @Nullable SnapshotWriting writing;
    private SnapshotChunk chunk = new SnapshotChunk();
    private final ArrayDeque<SnapshotChunk> piled = new ArrayDeque<>();

    /**
     * @param freeSpace knows whether a snapshot fits on the disk
     * @param logged how much the log holds since the snapshot it was recovered with
     * @param rollLog has the log start a new file
     * @param announce has the owner take another turn
     * @param announceTaken told when a snapshot has been completed, by the thread that wrote it
     * @param tookMillis gets how long each snapshot took
     */
    Snapshots(
            ReplicaState state,
            FreeSpaceStep freeSpace,
            Storage storage,
            Logged logged,
            Runnable rollLog,
            Runnable announce,
            Runnable announceTaken,
            ServerClock clock,
            ThreadFactory threads,
            RandomGenerator random,
            Summary tookMillis,
            PipelineOptions options) {
        this.state = state;
        this.freeSpace = freeSpace;
        this.storage = storage;
        this.logged = logged;
        this.rollLog = rollLog;
        this.announce = announce;
        this.announceTaken = announceTaken;
        this.clock = clock;
        this.threads = threads;
        this.random = random;
        this.tookMillis = tookMillis;
        this.options = options;
        this.transactionsWanted = drawNext();
    }

    /** At a random point of the second half, so that the members of an ensemble do not all write at once. */
    private int drawNext() {
        int half = Math.max(1, options.snapshots().transactions() / 2);
        return half + random.nextInt(half);
    }

    /** The owner's turn ends: goes on with a snapshot, or begins one when it is due. */
    void turnEnds() {
        keepRoom();
        if (walk != null) {
            goOn(walk);
        } else if ((isDue() || isWanted())
                && (writing == null || writing.isOver())
                && freeSpace.hasRoomFor(dataBytes())) {
            begin();
        }
    }

    /**
     * Somebody needs a snapshot now.
     *
     * @param atLeastZxid the state may not be older
     */
    void want(long atLeastZxid) {
        wantedZxid = atLeastZxid;
    }

    private boolean isWanted() {
        return state.tree().lastZxid() >= wantedZxid;
    }

    /**
     * The state was built anew.
     *
     * @param replayed transactions that a restart would replay as well
     * @param replayedBytes their bytes
     */
    void restart(long replayed, long replayedBytes) {
        transactionsBefore = logged.transactions() - replayed;
        bytesBefore = logged.bytes() - replayedBytes;
    }

    /** No snapshot is being written when this returns, nor begun until {@link #resume}. The thread of the consensus. */
    void suspend() {
        SnapshotWriting current;
        synchronized (starting) {
            suspended = true;
            current = writing;
        }
        if (current != null) {
            current.abort();
            current.join();
        }
    }

    /** Snapshots may be written again. The thread of the consensus. */
    void resume() {
        synchronized (starting) {
            suspended = false;
        }
    }

    /** What is captured and not on the disk yet is little; the rest of the floor is enough for it. */
    private void keepRoom() {
        SnapshotWriting current = writing;
        if (current != null) {
            freeSpace.reserve(current.isOver() ? 0 : Math.max(0, bytesToCapture));
        }
    }

    private boolean isDue() {
        long transactions = logged.transactions() - transactionsBefore;
        return transactions >= transactionsWanted
                && options.snapshots()
                        .isDue(transactionsWanted, transactions, logged.bytes() - bytesBefore, dataBytes());
    }

    private long dataBytes() {
        return state.tree().approximateDataBytes() + (long) state.tree().nodeCount() * BYTES_PER_NODE;
    }

    private void begin() {
        List<SnapshotWriting.OpenSession> sessions = new ArrayList<>();
        state.sessions()
                .forEach(session ->
                        sessions.add(new SnapshotWriting.OpenSession(session.id(), session.timeoutMillis())));
        SnapshotWriting started = new SnapshotWriting(
                storage, state.tree().lastZxid(), sessions, options, clock, tookMillis, announce, announceTaken);
        if (!start(started)) {
            return;
        }
        transactionsWanted = drawNext();
        transactionsBefore = logged.transactions();
        bytesBefore = logged.bytes();
        bytesToCapture = dataBytes();
        wantedZxid = NOT_WANTED;
        rollLog.run();
        piled.clear();
        chunk = new SnapshotChunk();
        walk = state.tree().startWalk(new Capture());
        started.digest(options.digest() ? state.tree().digest() : null);
        announce.run();
    }

    private boolean start(SnapshotWriting next) {
        synchronized (starting) {
            if (!suspended) {
                next.start(threads);
                writing = next;
            }
            return !suspended;
        }
    }

    /** One slice. */
    private void goOn(SnapshotWalk walking) {
        SnapshotWriting current = Objects.requireNonNull(writing, "writing");
        handOver(current);
        boolean tooSlow = piled.size() > CHUNKS_PILED_MAX;
        if (current.isOver() || tooSlow) {
            giveUp(walking, current);
        }
        if (tooSlow) {
            LOG.warn(
                    "snapshot given up: the disk is too slow for the changes that come meanwhile; the next try is due later");
        }
        if (walk == null) {
            return;
        }
        long until = clock.monotonicNanos() + SLICE_NANOS;
        while (piled.isEmpty()) {
            if (walking.step(STEP_NODES)) {
                finish(current);
                return;
            }
            if (chunk.isFull()) {
                pile();
                handOver(current);
            }
            if (clock.monotonicNanos() >= until) {
                announce.run();
                return;
            }
        }
        // The writer is behind: it announces when it has taken something.
    }

    private void finish(SnapshotWriting current) {
        walk = null;
        pile();
        SnapshotChunk last;
        while ((last = piled.poll()) != null) {
            current.add(last);
        }
        current.finish();
    }

    private void giveUp(SnapshotWalk walking, SnapshotWriting current) {
        walking.abort();
        walk = null;
        piled.clear();
        current.abort();
    }

    private void pile() {
        if (!chunk.isEmpty()) {
            piled.add(chunk);
            chunk = new SnapshotChunk();
        }
    }

    private void handOver(SnapshotWriting current) {
        while (!piled.isEmpty() && current.waiting() < CHUNKS_WAITING_MAX) {
            current.add(piled.poll());
        }
    }

    /** Ends a snapshot that is being written, without a trace, and joins its thread. After the owner's last turn. */
    @Override
    public void close() {
        suspend();
    }

    /** Captures by the walk, and by changes ahead of it. */
    private final class Capture implements NodeCapture {
        @Override
        public void node(
                String path, byte[] content, int dataOffset, int dataLength, List<Acl> acl, PersistedStat stat) {
            chunk.node(path, content, dataOffset, dataLength, acl, stat);
            bytesToCapture -= path.length() + Math.max(0, dataLength) + BYTES_PER_NODE;
            if (chunk.isFull()) {
                pile();
            }
        }
    }
}
