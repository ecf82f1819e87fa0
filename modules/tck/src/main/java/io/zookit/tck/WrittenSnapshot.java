package io.zookit.tck;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A snapshot as a list of what a sink got, one entry for each call: two are equal when they hold the same in the same order. */
final class WrittenSnapshot implements SnapshotSink {
    private record Session(long id, int timeoutMillis) {}

    private record Node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {}

    private record End(@Nullable Long digest) {}

    private final List<Object> calls = new ArrayList<>();

    @Override
    public void session(long id, int timeoutMillis) {
        calls.add(new Session(id, timeoutMillis));
    }

    @Override
    public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
        ByteBuffer copy = data == null ? null : ByteBuffer.wrap(LogRecords.bytes(data));
        calls.add(new Node(path, copy, List.copyOf(acl), stat));
    }

    @Override
    public void end(@Nullable Long digest) {
        calls.add(new End(digest));
    }

    List<Object> calls() {
        return calls;
    }

    /** Writes a state that is different for each seed: sessions, nodes of all shapes, then the end. */
    static void writeRandom(long seed, int nodes, SnapshotSink sink) {
        Random random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            sink.session(random.nextLong(), random.nextInt(40_000));
        }
        writeNodes(random, nodes, sink);
        sink.end(random.nextBoolean() ? random.nextLong() : null);
    }

    static void writeNodes(Random random, int nodes, SnapshotSink sink) {
        sink.node("/", null, Acl.OPEN_UNSAFE, stat(random));
        for (int i = 0; i < nodes; i++) {
            List<Acl> acl = random.nextInt(3) == 0 ? someAcl(random.nextInt(20)) : Acl.OPEN_UNSAFE;
            sink.node("/node-\u00e4\u4e2d-" + i, data(random), acl, stat(random));
        }
    }

    private static @Nullable ByteBuffer data(Random random) {
        int size = random.nextInt(20) == 0 ? random.nextInt(3) - 1 : random.nextInt(200);
        if (size < 0) {
            return null;
        }
        byte[] data = new byte[size];
        random.nextBytes(data);
        return ByteBuffer.wrap(data);
    }

    /** Lists that are equal for equal numbers but are not the same object, of 0 to 3 entries. */
    static List<Acl> someAcl(int number) {
        Acl[] entries = new Acl[number % 4];
        Arrays.setAll(entries, i -> new Acl(1 + (number + i) % 31, new Id("digest", "user" + number + ":" + i)));
        return List.of(entries);
    }

    static PersistedStat stat(Random random) {
        return new PersistedStat(
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextLong());
    }
}
