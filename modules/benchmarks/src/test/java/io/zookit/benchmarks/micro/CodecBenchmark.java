package io.zookit.benchmarks.micro;

import io.zookit.model.Acl;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.ErrorCode;
import io.zookit.model.Stat;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.ReplyHeader;
import java.nio.ByteBuffer;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Hypothesis: the encoding costs less than a tenth of the two microseconds a request may cost in all, so that no cleverer codec is
 * worth its lines.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final String PATH = "/services/search/instance-0000000042";

    /** Bytes of data in the request or reply. */
    @Param({"100", "1024"})
    public int dataBytes;

    private final JuteWriter replies = new JuteWriter(64 * 1024);
    private final Stat stat = new Stat(1, 2, 3, 4, 5, 6, 7, EphemeralOwner.PERSISTENT, 8, 9, 10);
    private byte[] data = new byte[0];
    private ByteBuffer get = ByteBuffer.allocate(0);
    private ByteBuffer set = ByteBuffer.allocate(0);
    private ByteBuffer create = ByteBuffer.allocate(0);

    /** Encodes the requests. */
    @Setup
    public void encodeRequests() {
        data = new byte[dataBytes];
        JuteWriter writer = new JuteWriter(2_048);
        writer.writeString(PATH);
        writer.writeBoolean(false);
        get = direct(writer);
        writer.writeString(PATH);
        writer.writeBuffer(data);
        writer.writeInt(-1);
        set = direct(writer);
        writer.writeString(PATH);
        writer.writeBuffer(data);
        writer.writeAcls(Acl.OPEN_UNSAFE);
        writer.writeInt(0);
        create = direct(writer);
    }

    /** As bytes come from a transport. */
    private static ByteBuffer direct(JuteWriter writer) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(writer.size())
                .put(writer.toByteBuffer())
                .flip();
        writer.clear();
        return bytes;
    }

    /** The body of a get: path, watch. */
    @Benchmark
    public void decodeGet(Blackhole hole) {
        JuteReader reader = new JuteReader(get.rewind());
        hole.consume(reader.readString());
        hole.consume(reader.readBoolean());
    }

    /** The body of a set: path, data, version. */
    @Benchmark
    public void decodeSet(Blackhole hole) {
        JuteReader reader = new JuteReader(set.rewind());
        hole.consume(reader.readString());
        hole.consume(reader.readBuffer());
        hole.consume(reader.readInt());
    }

    /** The body of a create: path, data, ACL, flags. */
    @Benchmark
    public void decodeCreate(Blackhole hole) {
        JuteReader reader = new JuteReader(create.rewind());
        hole.consume(reader.readString());
        hole.consume(reader.readBuffer());
        List<Acl> acls = reader.readAcls();
        hole.consume(acls);
        hole.consume(reader.readInt());
    }

    /** The reply to a get: header, data, stat. */
    @Benchmark
    public int encodeGetReply() {
        replies.clear();
        int start = replies.beginFrame();
        ReplyHeader.write(replies, 1, 2, ErrorCode.OK);
        replies.writeBuffer(data);
        replies.writeStat(stat);
        replies.endFrame(start);
        return replies.size();
    }

    /** The reply to a set: header, stat. */
    @Benchmark
    public int encodeSetReply() {
        replies.clear();
        int start = replies.beginFrame();
        ReplyHeader.write(replies, 1, 2, ErrorCode.OK);
        replies.writeStat(stat);
        replies.endFrame(start);
        return replies.size();
    }
}
