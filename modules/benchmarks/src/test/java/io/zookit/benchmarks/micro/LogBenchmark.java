package io.zookit.benchmarks.micro;

import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.storage.mapdb.MapdbStorageProvider;
import io.zookit.tck.PluginUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Hypothesis: a batch costs one forced write however many records it has, so that from a hundred on a record costs less than two
 * microseconds. Runs in the working directory: whose disk that is decides.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LogBenchmark {
    private static final int RECORD_BYTES = 200;

    /** Records between two syncs. */
    @Param({"1", "10", "100", "1000"})
    public int batch;

    private final byte[] record = new byte[RECORD_BYTES];
    private @Nullable Path directory;
    private @Nullable Storage storage;
    private @Nullable TransactionLog log;
    private long zxid;

    /** Opens a storage in a fresh directory. */
    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "log-benchmark-");
        storage = PluginUnderTest.create(new MapdbStorageProvider(), Map.of(), directory, directory);
        storage.open();
        log = storage.log();
        zxid = 0;
    }

    /** Lets go of what is written, as snapshots do, before the disk is full. */
    @TearDown(Level.Iteration)
    public void purge() {
        if (log != null) {
            log.purgeBefore(zxid);
        }
    }

    /** Closes it and removes the directory. */
    @TearDown
    public void close() throws IOException {
        if (storage == null || directory == null) {
            return;
        }
        storage.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One batch, appended and forced to the disk. */
    @Benchmark
    public void appendBatchAndSync() {
        TransactionLog target = log;
        if (target == null) {
            throw new IllegalStateException("not open");
        }
        for (int index = 0; index < batch; index++) {
            zxid++;
            target.append(zxid, record);
        }
        target.sync();
    }
}
