package io.zookit.pipeline;

import com.lmax.disruptor.EventHandler;
import io.zookit.spi.ServerClock;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.storage.TransactionLog;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * LOG: appends what the Disruptor hands over as one batch, makes it durable by one sync, and only then tells the consensus. Work
 * that has to happen between two transactions ends a batch. Runs on the log thread.
 *
 * <p>An exception ends the server (see {@link Fatal}): after a failed write nothing may be acknowledged.
 */
final class LogStage implements EventHandler<LogEvent> {
    /** A batch is synced early when it has grown to this: bounds what a reply waits for. */
    private static final int BATCH_BYTES_MAX = 4 << 20;

    private final TransactionLog log;
    private final Consensus consensus;
    private final ServerClock clock;
    private final Statistics statistics;
    private final AtomicBoolean rollRequested = new AtomicBoolean();
    private long appendedZxid;
    private int batchBytes;
    private int batchTransactions;

    LogStage(TransactionLog log, Consensus consensus, ServerClock clock, Statistics statistics) {
        this.log = log;
        this.consensus = consensus;
        this.clock = clock;
        this.statistics = statistics;
    }

    /** Has the log start a new file after the current batch, so that old ones can go as a whole. Any thread. */
    void requestRoll() {
        rollRequested.set(true);
    }

    @Override
    public void onEvent(LogEvent event, long sequence, boolean endOfBatch) {
        Runnable work = event.work();
        if (work == null) {
            append(event.zxid(), event.record());
        }
        event.clear();
        if (endOfBatch || work != null || batchBytes >= BATCH_BYTES_MAX) {
            sync();
        }
        if (work != null) {
            work.run();
        }
    }

    private void append(long zxid, byte[] record) {
        log.append(zxid, record);
        appendedZxid = zxid;
        batchBytes += record.length;
        batchTransactions++;
    }

    private void sync() {
        if (batchTransactions == 0) {
            return;
        }
        long began = clock.monotonicMillis();
        log.sync();
        statistics.syncMillis().add(clock.monotonicMillis() - began);
        statistics.syncBatch().add(batchTransactions);
        batchTransactions = 0;
        batchBytes = 0;
        consensus.logged(appendedZxid);
        if (rollRequested.compareAndSet(true, false)) {
            log.roll();
        }
    }
}
