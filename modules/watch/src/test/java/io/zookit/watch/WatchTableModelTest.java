package io.zookit.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories against {@link TwoTableModel}, at few paths so that every mixture of modes comes up. */
class WatchTableModelTest {
    private static final List<String> PATHS =
            List.of("/", "/a", "/a/b", "/a/b/c", "/a/bb", "/ab", "/é", "/é/x", "/a/b/c/d");

    private TwoTableModel model;
    private WatchTable<String> table;
    private List<String> watchers;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 0xfeed_beefL, -1})
    void behavesAsTheTwoTablesOfTheProtocol(long seed) {
        Random random = new Random(seed);
        model = new TwoTableModel();
        table = new WatchTable<>(seed * 0x1234_5678_9abcL);
        watchers = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(12); i++) {
            watchers.add("w" + i);
        }
        for (int step = 0; step < 20_000; step++) {
            String at = "seed " + seed + " step " + step;
            step(random, at);
            assertEquals(model.watchCount(), table.watchCount(), at);
        }
    }

    private void step(Random random, String at) {
        String path = PATHS.get(random.nextInt(PATHS.size()));
        String watcher = watchers.get(random.nextInt(watchers.size()));
        WatcherType type = WatcherType.values()[random.nextInt(5)];
        switch (random.nextInt(12)) {
            case 0, 1 -> assertEquals(model.addData(path, watcher), table.addData(path, watcher), at);
            case 2, 3 -> assertEquals(model.addChild(path, watcher), table.addChild(path, watcher), at);
            case 4 ->
                assertEquals(model.addPersistent(path, watcher, false), table.addPersistent(path, watcher, false), at);
            case 5 ->
                assertEquals(model.addPersistent(path, watcher, true), table.addPersistent(path, watcher, true), at);
            case 6 -> assertEquals(model.remove(path, watcher, type), table.remove(path, watcher, type), at);
            case 7 -> assertEquals(model.contains(path, watcher, type), table.contains(path, watcher, type), at);
            case 8 -> created(path, at);
            case 9 -> deleted(path, at);
            case 10 -> dataChanged(path, at);
            default -> {
                if (random.nextInt(10) == 0) {
                    model.removeAll(watcher);
                    table.removeAll(watcher);
                }
                check(watcher, at);
            }
        }
    }

    private void created(String path, String at) {
        String parent = TwoTableModel.parent(path);
        if (parent != null) {
            Fired fired = new Fired();
            table.fireCreated(path, parent, fired);
            fired.assertNode(WatchEventType.NODE_CREATED, path, model.triggerData(path), at);
            fired.assertParent(parent, model.triggerChild(parent), at);
        }
    }

    private void deleted(String path, String at) {
        String parent = TwoTableModel.parent(path);
        if (parent != null) {
            Fired fired = new Fired();
            table.fireDeleted(path, parent, fired);
            Set<String> told = model.triggerData(path);
            told.addAll(model.triggerChild(path));
            fired.assertNode(WatchEventType.NODE_DELETED, path, told, at);
            fired.assertParent(parent, model.triggerChild(parent), at);
        }
    }

    private void dataChanged(String path, String at) {
        Fired fired = new Fired();
        table.fireDataChanged(path, fired);
        fired.assertNode(WatchEventType.NODE_DATA_CHANGED, path, model.triggerData(path), at);
        fired.assertParent("", Set.of(), at);
    }

    private void check(String watcher, String at) {
        Set<String> pairs = new TreeSet<>();
        table.forEach((path, each) -> assertEquals(true, pairs.add(path + " " + each), at));
        assertEquals(model.pairs(), pairs, at);
        assertEquals(model.watchCount(watcher), table.watchCount(watcher), at);
        assertEquals(pairs.stream().map(pair -> pair.split(" ")[0]).distinct().count(), table.pathCount(), at);
        assertEquals(pairs.stream().map(pair -> pair.split(" ")[1]).distinct().count(), table.watcherCount(), at);
    }

    /** What one change told whom, the part of the znode and the part of its parent. */
    private static final class Fired implements WatchConsumer<String> {
        private final List<String> node = new ArrayList<>();
        private final List<String> parent = new ArrayList<>();
        private WatchEventType nodeType;
        private String nodePath;
        private String parentPath;

        @Override
        public void fired(String watcher, WatchEventType type, String path, boolean parentEvent) {
            if (parentEvent) {
                assertEquals(WatchEventType.NODE_CHILDREN_CHANGED, type);
                parentPath = path;
                parent.add(watcher);
            } else {
                assertEquals(List.of(), parent, "the events of the znode come first");
                nodeType = type;
                nodePath = path;
                node.add(watcher);
            }
        }

        void assertNode(WatchEventType type, String path, Set<String> watchers, String at) {
            assertTold(watchers, node, at);
            if (!node.isEmpty()) {
                assertEquals(type, nodeType, at);
                assertEquals(path, nodePath, at);
            }
        }

        void assertParent(String path, Set<String> watchers, String at) {
            assertTold(watchers, parent, at);
            if (!parent.isEmpty()) {
                assertEquals(path, parentPath, at);
            }
        }

        private static void assertTold(Set<String> expected, List<String> told, String at) {
            assertEquals(expected, new HashSet<>(told), at);
            assertEquals(expected.size(), told.size(), at + ": somebody was told twice");
        }
    }
}
