package io.zookit.pipeline;

import io.zookit.spi.ServerClock;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One snapshot on its way to the storage, on a thread of its own. A failure costs this snapshot and nothing else: the log still
 * holds everything.
 */
final class SnapshotWriting {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriting.class);
    private static final long PATIENCE_MILLIS = 200;

    private final Storage storage;
    private final long zxid;
    private final List<OpenSession> sessions;
    private final PipelineOptions options;
    private final ServerClock clock;
    private final Summary tookMillis;
    private final Runnable announce;
    private final Runnable announceTaken;
    private final LinkedBlockingQueue<SnapshotChunk> chunks = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;
    private volatile @Nullable Long digest;
    private volatile boolean complete;
    private volatile boolean aborted;
    private volatile boolean over;

    SnapshotWriting(
            Storage storage,
            long zxid,
            List<OpenSession> sessions,
            PipelineOptions options,
            ServerClock clock,
            Summary tookMillis,
            Runnable announce,
            Runnable announceTaken) {
        this.storage = storage;
        this.zxid = zxid;
        this.sessions = sessions;
        this.options = options;
        this.clock = clock;
        this.tookMillis = tookMillis;
        this.announce = announce;
        this.announceTaken = announceTaken;
    }

    /** A session as it stands in the snapshot. */
    record OpenSession(long id, int timeoutMillis) {}

    void start(ThreadFactory threads) {
        Thread started = threads.newThread(this::run);
        thread = started;
        started.start();
    }

    /** The digest of the whole tree at the snapshot's zxid. */
    void digest(@Nullable Long value) {
        digest = value;
    }

    /** Adds znodes. */
    void add(SnapshotChunk chunk) {
        chunks.add(chunk);
    }

    /** Chunks not written yet. */
    int waiting() {
        return chunks.size();
    }

    /** Everything was added. */
    void finish() {
        complete = true;
    }

    /** Gives it up. */
    void abort() {
        aborted = true;
    }

    /** Whether the thread is done, one way or the other. */
    boolean isOver() {
        return over;
    }

    void join() {
        if (thread != null) {
            Threads.join(thread);
        }
    }

    private void run() {
        long began = clock.monotonicMillis();
        try {
            if (write()) {
                long took = clock.monotonicMillis() - began;
                tookMillis.add(took);
                LOG.info("snapshot of zxid 0x{} written in {} ms", Long.toHexString(zxid), took);
                purge();
                announceTaken.run();
            }
        } catch (StorageException failure) {
            LOG.error("snapshot of zxid 0x{} failed; the log still holds everything", Long.toHexString(zxid), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
            announce.run();
        }
    }

    private boolean write() throws InterruptedException {
        try (SnapshotWriter writer = storage.snapshots().write(zxid)) {
            for (OpenSession session : sessions) {
                writer.session(session.id(), session.timeoutMillis());
            }
            while (!aborted) {
                boolean everythingAdded = complete;
                SnapshotChunk next = chunks.poll(everythingAdded ? 0 : PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.writeTo(writer);
                    announce.run();
                } else if (everythingAdded) {
                    writer.end(digest);
                    return true;
                }
            }
            return false;
        }
    }

    private void purge() {
        if (options.snapshotsRetained() > 0) {
            long oldest = storage.snapshots().retain(options.snapshotsRetained());
            if (oldest > 0) {
                storage.log().purgeBefore(oldest + 1);
            }
        }
    }
}
