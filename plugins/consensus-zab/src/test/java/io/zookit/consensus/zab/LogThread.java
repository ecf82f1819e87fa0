package io.zookit.consensus.zab;

import io.zookit.spi.storage.TransactionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;

/** The log thread of a test's server: appends what has come, syncs once, reports, and does other work in between. */
final class LogThread implements Runnable {
    private record Append(long zxid, byte[] record) implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("a record is no work");
        }
    }

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final TransactionLog log;
    private final LongConsumer logged;
    private volatile boolean stopped;

    LogThread(TransactionLog log, LongConsumer logged) {
        this.log = log;
        this.logged = logged;
    }

    void append(long zxid, byte[] record) {
        queue.add(new Append(zxid, record));
    }

    void after(Runnable work) {
        queue.add(work);
    }

    void stop() {
        stopped = true;
        queue.add(() -> {});
    }

    @Override
    public void run() {
        List<Runnable> batch = new ArrayList<>();
        try {
            while (!stopped) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch);
                handle(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(List<Runnable> batch) {
        long appended = 0;
        for (Runnable each : batch) {
            if (each instanceof Append append) {
                log.append(append.zxid(), append.record());
                appended = append.zxid();
            } else {
                report(appended);
                appended = 0;
                each.run();
            }
        }
        report(appended);
    }

    private void report(long zxid) {
        if (zxid != 0) {
            log.sync();
            logged.accept(zxid);
        }
    }
}
