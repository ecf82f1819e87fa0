package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * What the tree costs with a million znodes of 100 bytes in one directory. Run by hand: main class on the test class path, with
 * {@code -Xmx2g -XX:+UseSerialGC -XX:-ResizeTLAB -XX:TLABSize=64k}. Prints to standard output.
 */
final class TreeMeasurement {
    private static final int ZNODES = 1_000_000;
    private static final int OPERATIONS = 1_000_000;
    private static final byte[] DATA = new byte[100];
    private static final List<Acl> ACL = List.of(new Acl(31, new Id("world", "anyone")));

    private final DataTree tree = new DataTree(new TreeOptions(true, true, 12345));
    private final PendingTree pending = new PendingTree(tree);
    private long zxid;

    public static void main(String[] arguments) {
        new TreeMeasurement().run();
    }

    private void run() {
        long before = liveBytes();
        time("load", ZNODES, this::load);
        long after = liveBytes();
        System.out.printf("live heap: %.1f bytes per znode%n", (after - before) / (double) ZNODES);
        List<String> paths = paths(new Random(1));
        for (int round = 0; round < 3; round++) {
            time("find, random", OPERATIONS, count -> find(paths, count));
            time("find and stat, random", OPERATIONS, count -> findWithStat(paths, count));
            time("set, apply only", OPERATIONS, count -> set(paths, count, false));
            time("set, pending + apply", OPERATIONS, count -> set(paths, count, true));
            String prefix = "/big/new-" + round + "-";
            time("create, apply only", OPERATIONS / 4, count -> create(prefix + "a", count, false));
            time("create, pending + apply", OPERATIONS / 4, count -> create(prefix + "b", count, true));
            time("delete, pending + apply", OPERATIONS / 4, count -> delete(prefix + "a", count));
            time("delete, pending + apply", OPERATIONS / 4, count -> delete(prefix + "b", count));
            time("walk to the end", tree.nodeCount(), this::walk);
        }
        slowestCreates();
        time("delete a million", ZNODES, this::deleteAll);
        System.out.printf("live heap afterwards: %d bytes%n", liveBytes() - before);
    }

    private static String path(int index) {
        return "/big/node-" + (10_000_000_000L + index);
    }

    private static List<String> paths(Random random) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            paths.add(path(random.nextInt(ZNODES)));
        }
        return paths;
    }

    private void load(int count) {
        TreeLoader loader = tree.startLoad();
        ByteBuffer data = ByteBuffer.wrap(DATA);
        loader.load("/", null, ACL, new PersistedStat(0, 0, 0, 0, 0, 1, 0, 0, 1));
        loader.load("/big", null, ACL, new PersistedStat(1, 1, 1, 1, 0, count, 0, 0, count + 1));
        for (int i = 0; i < count; i++) {
            loader.load(path(i), data, ACL, new PersistedStat(i + 2, i + 2, 5, 5, 0, 0, 0, 0, i + 2));
        }
        zxid = count + 1;
        loader.finish(zxid);
    }

    private void find(List<String> paths, int count) {
        long found = 0;
        for (int i = 0; i < count; i++) {
            found += tree.find(paths.get(i % paths.size())).dataLength();
        }
        check(found == 100L * count);
    }

    private void findWithStat(List<String> paths, int count) {
        long found = 0;
        for (int i = 0; i < count; i++) {
            found += tree.find(paths.get(i % paths.size())).stat().dataLength();
        }
        check(found == 100L * count);
    }

    private void set(List<String> paths, int count, boolean proposed) {
        for (int i = 0; i < count; i++) {
            String path = paths.get(i % paths.size());
            int version = (proposed ? pending.find(path) : tree.find(path)).version() + 1;
            change(new Txn.SetData(OpCode.SET_DATA, path, DATA, version), proposed);
        }
    }

    private void create(String prefix, int count, boolean proposed) {
        for (int i = 0; i < count; i++) {
            int cversion = (proposed ? pending.find("/big") : tree.find("/big")).cversion() + 1;
            change(new Txn.Create(OpCode.CREATE, prefix + i, DATA, ACL, false, 0, cversion), proposed);
        }
    }

    private void delete(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            change(new Txn.Delete(OpCode.DELETE, prefix + i), true);
        }
    }

    private void deleteAll(int count) {
        for (int i = 0; i < count; i++) {
            change(new Txn.Delete(OpCode.DELETE, path(i)), false);
        }
    }

    private void change(Txn txn, boolean proposed) {
        zxid++;
        TxnHeader header = new TxnHeader(1, 1, zxid, zxid);
        if (proposed) {
            pending.add(header, txn);
        }
        tree.apply(header, txn, TreeListener.NONE);
        if (proposed) {
            pending.applied(zxid);
        }
    }

    private void walk(int count) {
        long[] bytes = new long[1];
        SnapshotWalk walk = tree.startWalk((path, content, offset, length, acl, stat) -> bytes[0] += path.length());
        while (!walk.step(1000)) {
            check(bytes[0] > 0);
        }
    }

    /** A directory that rehashed all at once would show in the slowest ones. */
    private void slowestCreates() {
        long[] nanos = new long[500_000];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            create("/big/slowest-" + i + "-", 1, true);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "creates on the wall, collector included: median %d ns, 99.9 %% %d ns, 99.99 %% %d ns, slowest %d ns%n",
                nanos[nanos.length / 2],
                nanos[(int) (nanos.length * 0.999)],
                nanos[(int) (nanos.length * 0.9999)],
                nanos[nanos.length - 1]);
        for (int i = 0; i < nanos.length; i++) {
            delete("/big/slowest-" + i + "-", 1);
        }
    }

    /** Processor time, collector and compiler included: on a shared machine the clock on the wall says little. */
    private static void time(String what, int count, IntConsumer work) {
        Duration cpuBefore = cpu();
        long start = System.nanoTime();
        work.accept(count);
        long wallNanos = System.nanoTime() - start;
        long cpuNanos = cpu().minus(cpuBefore).toNanos();
        System.out.printf(
                "%-26s %8.0f ns of processor time each (%.0f ns on the wall)%n",
                what, cpuNanos / (double) count, wallNanos / (double) count);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static long liveBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the measurement measures something else");
        }
    }
}
