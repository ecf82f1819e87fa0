package io.zookit.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchTableTest {
    private final WatchTable<String> table = new WatchTable<>(0x1234_5678_9abc_def0L);
    private final List<String> events = new ArrayList<>();

    private void record(String watcher, WatchEventType type, String path, boolean parentEvent) {
        events.add(watcher + " " + type + " " + path + (parentEvent ? " by parent" : ""));
    }

    private List<String> created(String path, String parent) {
        events.clear();
        table.fireCreated(path, parent, this::record);
        return List.copyOf(events);
    }

    private List<String> deleted(String path, String parent) {
        events.clear();
        table.fireDeleted(path, parent, this::record);
        return List.copyOf(events);
    }

    private List<String> dataChanged(String path) {
        events.clear();
        table.fireDataChanged(path, this::record);
        return List.copyOf(events);
    }

    @Test
    void aDataWatchFiresOnceForEachKindOfChange() {
        table.addData("/a", "w");
        assertEquals(List.of("w NODE_CREATED /a"), created("/a", "/"));
        assertEquals(List.of(), created("/a", "/"));
        table.addData("/a", "w");
        assertEquals(List.of("w NODE_DATA_CHANGED /a"), dataChanged("/a"));
        assertEquals(List.of(), dataChanged("/a"));
        table.addData("/a", "w");
        assertEquals(List.of("w NODE_DELETED /a"), deleted("/a", "/"));
        assertEquals(List.of(), deleted("/a", "/"));
        assertEmpty();
    }

    @Test
    void aChildWatchFiresOnceForChildrenAndForDeletion() {
        table.addChild("/a", "w");
        assertEquals(List.of(), dataChanged("/a"));
        assertEquals(List.of("w NODE_CHILDREN_CHANGED /a by parent"), created("/a/b", "/a"));
        assertEquals(List.of(), deleted("/a/b", "/a"));
        table.addChild("/a", "w");
        assertEquals(List.of("w NODE_CHILDREN_CHANGED /a by parent"), deleted("/a/b", "/a"));
        table.addChild("/a", "w");
        assertEquals(List.of("w NODE_DELETED /a"), deleted("/a", "/"));
        assertEmpty();
    }

    @Test
    void aDeletionIsToldOnceToAWatcherOfDataAndChildren() {
        table.addData("/a", "both");
        table.addChild("/a", "both");
        table.addChild("/a", "child");
        assertEquals(List.of("both NODE_DELETED /a", "child NODE_DELETED /a"), deleted("/a", "/"));
        assertEmpty();
    }

    @Test
    void aDeletionIsToldOnceToAChildWatcherThatAlsoWatchesFromAbove() {
        table.addPersistent("/", "w", true);
        table.addChild("/a", "w");
        assertEquals(List.of("w NODE_DELETED /a"), deleted("/a", "/"));
        assertFalse(table.contains("/a", "w", WatcherType.CHILDREN));
    }

    @Test
    void aWatcherOfNodeAndParentHearsBothEventsNodeFirst() {
        table.addChild("/", "w");
        table.addData("/a", "w");
        assertEquals(List.of("w NODE_CREATED /a", "w NODE_CHILDREN_CHANGED / by parent"), created("/a", "/"));
        assertEmpty();
    }

    @Test
    void aPersistentWatchSeesAllFourEventsAndStays() {
        table.addPersistent("/a", "w", false);
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of("w NODE_CREATED /a"), created("/a", "/"));
            assertEquals(List.of("w NODE_DATA_CHANGED /a"), dataChanged("/a"));
            assertEquals(List.of("w NODE_CHILDREN_CHANGED /a by parent"), created("/a/b", "/a"));
            assertEquals(List.of(), dataChanged("/a/b"));
            assertEquals(List.of("w NODE_DELETED /a"), deleted("/a", "/"));
        }
        assertEquals(2, table.watchCount());
    }

    @Test
    void aRecursiveWatchSeesDescendantsByTheirOwnPathAndNeverChildrenChanged() {
        table.addPersistent("/a", "w", true);
        assertEquals(List.of("w NODE_CREATED /a"), created("/a", "/"));
        assertEquals(List.of("w NODE_CREATED /a/b"), created("/a/b", "/a"));
        assertEquals(List.of("w NODE_CREATED /a/b/c"), created("/a/b/c", "/a/b"));
        assertEquals(List.of("w NODE_DATA_CHANGED /a/b/c"), dataChanged("/a/b/c"));
        assertEquals(List.of("w NODE_DELETED /a/b/c"), deleted("/a/b/c", "/a/b"));
        assertEquals(List.of(), created("/ab", "/"));
        assertEquals(List.of(), created("/b", "/"));
        assertEquals(1, table.watchCount());
    }

    @Test
    void aRecursiveWatchOfTheRootSeesEverything() {
        table.addPersistent("/", "w", true);
        assertEquals(List.of("w NODE_DATA_CHANGED /"), dataChanged("/"));
        assertEquals(List.of("w NODE_CREATED /a"), created("/a", "/"));
        assertEquals(List.of("w NODE_CREATED /a/b"), created("/a/b", "/a"));
    }

    @Test
    void severalModesAtOnePathAreOneEventAndOnlyTheOneShotModeGoes() {
        table.addData("/a", "w");
        table.addPersistent("/a", "w", false);
        table.addPersistent("/a", "w", true);
        table.addPersistent("/", "w", true);
        assertEquals(List.of("w NODE_DATA_CHANGED /a"), dataChanged("/a"));
        assertFalse(table.contains("/a", "w", WatcherType.DATA));
        assertTrue(table.contains("/a", "w", WatcherType.PERSISTENT));
        assertTrue(table.contains("/a", "w", WatcherType.PERSISTENT_RECURSIVE));
        assertEquals(List.of("w NODE_DATA_CHANGED /a"), dataChanged("/a"));
    }

    @Test
    void addingTwiceChangesNothing() {
        assertTrue(table.addData("/a", "w"));
        assertFalse(table.addData("/a", "w"));
        assertTrue(table.addPersistent("/a", "w", true));
        assertFalse(table.addPersistent("/a", "w", true));
        assertEquals(1, table.watchCount());
        assertEquals(1, table.watchCount("w"));
        assertEquals(1, table.pathCount());
        assertEquals(1, table.watcherCount());
    }

    @Test
    void eachTypeRemovesItsOwnModeAndAnyRemovesAll() {
        table.addData("/a", "w");
        table.addChild("/a", "w");
        table.addPersistent("/a", "w", false);
        table.addPersistent("/a", "w", true);
        assertEquals(2, table.watchCount("w"));
        for (WatcherType type : WatcherType.values()) {
            assertTrue(table.contains("/a", "w", type), type.name());
        }
        assertTrue(table.remove("/a", "w", WatcherType.PERSISTENT));
        assertFalse(table.remove("/a", "w", WatcherType.PERSISTENT));
        assertTrue(table.contains("/a", "w", WatcherType.CHILDREN));
        assertTrue(table.remove("/a", "w", WatcherType.CHILDREN));
        assertEquals(1, table.watchCount("w"));
        assertTrue(table.remove("/a", "w", WatcherType.ANY));
        assertFalse(table.remove("/a", "w", WatcherType.ANY));
        assertFalse(table.contains("/a", "w", WatcherType.ANY));
        assertEmpty();
    }

    @Test
    void removingWhatIsNotThereIsRefused() {
        table.addChild("/a", "w");
        assertFalse(table.remove("/a", "w", WatcherType.DATA));
        assertFalse(table.remove("/a", "stranger", WatcherType.ANY));
        assertFalse(table.remove("/b", "w", WatcherType.ANY));
        assertFalse(table.contains("/a", "stranger", WatcherType.ANY));
        table.removeAll("stranger");
        assertEquals(1, table.watchCount());
    }

    @Test
    void anExactPathIsMeantWhenARecursiveWatchIsRemoved() {
        table.addPersistent("/a", "w", true);
        assertFalse(table.remove("/a/b", "w", WatcherType.PERSISTENT_RECURSIVE));
        assertTrue(table.remove("/a", "w", WatcherType.PERSISTENT_RECURSIVE));
        assertEquals(List.of(), created("/a/b", "/a"));
    }

    @Test
    void aWatcherThatLeavesTakesItsWatchesAlong() {
        for (String watcher : List.of("v", "w")) {
            table.addData("/a", watcher);
            table.addChild("/b", watcher);
            table.addPersistent("/c", watcher, false);
            table.addPersistent("/", watcher, true);
        }
        table.removeAll("w");
        assertEquals(5, table.watchCount());
        assertEquals(List.of("/", "/a", "/b", "/c"), table.paths("v"));
        assertEquals(List.of(), table.paths("w"));
        assertEquals(List.of("v NODE_DATA_CHANGED /a"), dataChanged("/a"));
        table.removeAll("v");
        assertEmpty();
    }

    @Test
    void watchersAreToldApartByIdentity() {
        String one = new String("same");
        String other = new String("same");
        assertTrue(table.addData("/a", one));
        assertTrue(table.addData("/a", other));
        assertEquals(2, dataChanged("/a").size());
    }

    @Test
    void tenThousandComersAndGoersLeaveNothingBehind() {
        for (int i = 0; i < 10_000; i++) {
            String watcher = new String("w");
            table.addData("/crowd", watcher);
            table.addChild("/crowd", watcher);
            table.addPersistent("/crowd/" + i, watcher, i % 2 == 0);
            if (i % 3 != 0) {
                table.removeAll(watcher);
            }
        }
        assertEquals(3334, dataChanged("/crowd").size());
        assertEquals(3334, deleted("/crowd", "/").size());
        List<String> rest = new ArrayList<>();
        table.forEach((path, watcher) -> rest.add(watcher));
        rest.forEach(table::removeAll);
        assertEmpty();
    }

    @Test
    void aConsumerMayChangeTheTableButNotFire() {
        table.addData("/a", "w");
        table.addData("/a", "v");
        table.fireDataChanged("/a", (watcher, type, path, parentEvent) -> {
            table.addData(path, watcher);
            table.removeAll("v");
        });
        assertTrue(table.contains("/a", "w", WatcherType.DATA));
        assertEquals(1, table.watchCount());
        assertThrows(
                IllegalStateException.class,
                () -> table.fireDataChanged(
                        "/a", (watcher, type, path, parentEvent) -> table.fireDataChanged("/a", this::record)));
        table.addData("/a", "u");
        assertEquals(List.of("u NODE_DATA_CHANGED /a"), dataChanged("/a"));
    }

    @Test
    void theWalkNamesEachPairOnce() {
        table.addData("/a", "w");
        table.addChild("/a", "w");
        table.addPersistent("/a", "w", true);
        table.addData("/a", "v");
        table.addChild("/b", "v");
        Set<String> pairs = new HashSet<>();
        table.forEach((path, watcher) -> assertTrue(pairs.add(path + " " + watcher)));
        assertEquals(Set.of("/a w", "/a v", "/b v"), pairs);
    }

    @Test
    void theOrderOfEventsDoesNotDependOnTheSalt() {
        List<String> first = orderOfEvents(1);
        assertEquals(first, orderOfEvents(1));
        assertEquals(first, orderOfEvents(0x7777_1111_2222_3333L));
    }

    private static List<String> orderOfEvents(long salt) {
        WatchTable<String> table = new WatchTable<>(salt);
        for (int i = 0; i < 100; i++) {
            table.addPersistent(i % 3 == 0 ? "/a" : "/", "w" + i, true);
        }
        List<String> order = new ArrayList<>();
        table.fireDataChanged("/a", (watcher, type, path, parentEvent) -> order.add(watcher));
        return order;
    }

    @Test
    void theTypesHaveTheNumbersOfTheProtocol() {
        assertEquals(WatcherType.CHILDREN, WatcherType.of(1).orElseThrow());
        assertEquals(WatcherType.DATA, WatcherType.of(2).orElseThrow());
        assertEquals(WatcherType.ANY, WatcherType.of(3).orElseThrow());
        assertEquals(WatcherType.PERSISTENT, WatcherType.of(4).orElseThrow());
        assertEquals(WatcherType.PERSISTENT_RECURSIVE, WatcherType.of(5).orElseThrow());
        assertTrue(WatcherType.of(0).isEmpty());
        assertTrue(WatcherType.of(6).isEmpty());
        assertEquals(1, WatchEventType.NODE_CREATED.code());
        assertEquals(2, WatchEventType.NODE_DELETED.code());
        assertEquals(3, WatchEventType.NODE_DATA_CHANGED.code());
        assertEquals(4, WatchEventType.NODE_CHILDREN_CHANGED.code());
    }

    private void assertEmpty() {
        assertEquals(0, table.watchCount());
        assertEquals(0, table.pathCount());
        assertEquals(0, table.watcherCount());
    }

    @Test
    void everyWatchedPathAndItsWatchersOnceEach() {
        WatchTable<String> table = new WatchTable<>(7);
        String one = "one";
        String two = "two";
        table.addData("/a", one);
        table.addChild("/a", one);
        table.addPersistent("/a", two, true);
        table.addData("/b", two);
        assertEquals(Set.of("/a", "/b"), Set.copyOf(table.paths()));
        assertEquals(2, table.paths().size());
        assertEquals(Set.of(one, two), Set.copyOf(table.watchers("/a")));
        assertEquals(2, table.watchers("/a").size());
        assertEquals(List.of(), table.watchers("/nobody"));
        table.removeAll(two);
        assertEquals(List.of("/a"), table.paths());
    }
}
