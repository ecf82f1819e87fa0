package io.zookit.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures by hand what a million watches cost, in bytes and in time; not a test. Hypothesis: below 100 bytes for a path with one
 * watcher (without the characters of the path), about 25 for one more watcher at a path, and below a microsecond for each call.
 */
final class WatchTableMeasurement {
    private static final int WATCHES = 1_000_000;

    private WatchTableMeasurement() {}

    public static void main(String[] args) {
        for (int round = 0; round < 3; round++) {
            measure("1,000 watchers with 1,000 paths each", 1_000, WATCHES);
            measure("1,000 watchers of the same 1,000 paths", 1_000, 1_000);
            measure("1,000,000 watchers of one path", WATCHES, 1);
        }
    }

    private static void measure(String what, int watcherCount, int pathCount) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < pathCount; i++) {
            paths.add("/service/instances/node" + (1_000_000_000 + i));
        }
        List<Object> watchers = new ArrayList<>();
        for (int i = 0; i < watcherCount; i++) {
            watchers.add(new Object());
        }
        long before = heap();
        WatchTable<Object> table = new WatchTable<>(42);
        long start = System.nanoTime();
        for (int i = 0; i < WATCHES; i++) {
            int watcher = i % watcherCount;
            int path = (i / watcherCount + watcher * (WATCHES / watcherCount)) % pathCount;
            table.addData(paths.get(path), watchers.get(watcher));
        }
        long added = System.nanoTime();

        long bytes = heap() - before;
        long collected = System.nanoTime();
        long[] events = new long[1];
        for (String path : paths) {
            table.fireDataChanged(path, (watcher, type, event, parentEvent) -> events[0]++);
        }
        long fired = System.nanoTime();
        System.out.printf(
                "%s: %d watches, %.1f bytes each, add %d ns, fire %d ns for each watch%n",
                what,
                events[0],
                (double) bytes / events[0],
                (added - start) / WATCHES,
                (fired - collected) / events[0]);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
