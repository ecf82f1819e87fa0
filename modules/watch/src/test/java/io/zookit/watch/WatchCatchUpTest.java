package io.zookit.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchCatchUpTest {
    private static final long SEEN = 100;

    @Test
    void aDataWatchMissesDeletionAndNewData() {
        assertEquals(Optional.of(WatchEventType.NODE_DELETED), WatchCatchUp.DATA.missed(false, 0, 0, SEEN));
        assertEquals(Optional.of(WatchEventType.NODE_DATA_CHANGED), WatchCatchUp.DATA.missed(true, 101, 101, SEEN));
        assertEquals(Optional.empty(), WatchCatchUp.DATA.missed(true, 100, 101, SEEN));
    }

    @Test
    void anExistWatchMissesCreation() {
        assertEquals(Optional.of(WatchEventType.NODE_CREATED), WatchCatchUp.EXIST.missed(true, 1, 1, SEEN));
        assertEquals(Optional.empty(), WatchCatchUp.EXIST.missed(false, 0, 0, SEEN));
    }

    @Test
    void aChildWatchMissesDeletionAndNewChildren() {
        assertEquals(Optional.of(WatchEventType.NODE_DELETED), WatchCatchUp.CHILD.missed(false, 0, 0, SEEN));
        assertEquals(Optional.of(WatchEventType.NODE_CHILDREN_CHANGED), WatchCatchUp.CHILD.missed(true, 1, 101, SEEN));
        assertEquals(Optional.empty(), WatchCatchUp.CHILD.missed(true, 101, 100, SEEN));
    }

    @Test
    void persistentWatchesMissNothing() {
        for (boolean exists : new boolean[] {true, false}) {
            assertEquals(Optional.empty(), WatchCatchUp.PERSISTENT.missed(exists, 101, 101, SEEN));
            assertEquals(Optional.empty(), WatchCatchUp.PERSISTENT_RECURSIVE.missed(exists, 101, 101, SEEN));
        }
    }

    @Test
    void eachKindIsRegisteredAsWhatItWas() {
        WatchTable<String> table = new WatchTable<>(0);
        for (WatchCatchUp kind : WatchCatchUp.values()) {
            assertTrue(kind.register(table, "/" + kind, "w"));
        }
        assertTrue(table.contains("/DATA", "w", WatcherType.DATA));
        assertTrue(table.contains("/EXIST", "w", WatcherType.DATA));
        assertTrue(table.contains("/CHILD", "w", WatcherType.CHILDREN));
        assertTrue(table.contains("/PERSISTENT", "w", WatcherType.PERSISTENT));
        assertTrue(table.contains("/PERSISTENT_RECURSIVE", "w", WatcherType.PERSISTENT_RECURSIVE));
    }
}
