package io.zookit.pipeline;

import com.lmax.disruptor.EventHandler;
import io.zookit.spi.ServerClock;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.storage.TransactionLog;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * LOG: appends what the Disruptor hands over as one batch, makes it durable by one sync, and only then tells the consensus. Runs
 * on the log thread.
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
        long zxid = event.zxid();
        log.append(zxid, event.record());
        batchBytes += event.record().length;
        batchTransactions++;
        event.clear();
        if (endOfBatch || batchBytes >= BATCH_BYTES_MAX) {
            long began = clock.monotonicMillis();
            log.sync();
            statistics.syncMillis().add(clock.monotonicMillis() - began);
            statistics.syncBatch().add(batchTransactions);
            batchTransactions = 0;
            batchBytes = 0;
            consensus.logged(zxid);
            if (rollRequested.compareAndSet(true, false)) {
                log.roll();
            }
        }
    }
}
