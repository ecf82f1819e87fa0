package io.zookit.benchmarks.micro;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Hypothesis: a transaction becomes bytes in less than 200 ns, so that writing it once for log and learners is what counts and not
 * how; and it is read in less than a microsecond, so that a million of them come back within a second of processor time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TxnCodecBenchmark {
    private static final TxnHeader HEADER = new TxnHeader(0x1000, 42, 0x100000001L, 1_700_000_000_000L);
    private static final String PATH = "/services/search/instance-0000000042";
    private static final Long DIGEST = 0x1234_5678_9abcL;

    /** Bytes of data in the transaction. */
    @Param({"100", "1024"})
    public int dataBytes;

    private final JuteWriter writer = new JuteWriter(4_096);
    private Txn set = new Txn.Rejected(0);
    private Txn create = set;
    private byte[] setBytes = new byte[0];
    private byte[] createBytes = setBytes;

    /** Makes the transactions. */
    @Setup
    public void makeTransactions() {
        byte[] data = new byte[dataBytes];
        set = new Txn.SetData(OpCode.SET_DATA, PATH, data, 7);
        create = new Txn.Create(OpCode.CREATE, PATH, data, Acl.OPEN_UNSAFE, false, 0, 3);
        setBytes = bytesOf(set);
        createBytes = bytesOf(create);
    }

    private byte[] bytesOf(Txn txn) {
        writer.clear();
        TxnCodec.write(writer, HEADER, txn, DIGEST);
        return writer.toByteArray();
    }

    /** A set, to the array the log keeps. */
    @Benchmark
    public byte[] writeSet() {
        return bytesOf(set);
    }

    /** A create, to the array the log keeps. */
    @Benchmark
    public byte[] writeCreate() {
        return bytesOf(create);
    }

    /** A set, as recovery reads it. */
    @Benchmark
    public LoggedTxn readSet() {
        return TxnCodec.read(JuteReader.of(setBytes));
    }

    /** A create, as recovery reads it. */
    @Benchmark
    public LoggedTxn readCreate() {
        return TxnCodec.read(JuteReader.of(createBytes));
    }
}
