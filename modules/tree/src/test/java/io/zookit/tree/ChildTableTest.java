package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildTableTest {
    private static final PersistedStat STAT = new PersistedStat(1, 1, 0, 0, 0, 0, 0, 0, 1);

    private final AclTable acls = new AclTable();
    private final ChildTable table = new ChildTable();
    private final NameHash names = new NameHash(7);

    private Znode node(String name) {
        return new Znode(STAT, name, 0, null, false, false, acls.use(Acl.OPEN_UNSAFE));
    }

    private int hash(String name) {
        return names.of(name, 0, name.length());
    }

    private Znode find(String name) {
        return table.find(name, 0, name.length(), hash(name));
    }

    private void remove(Znode child, boolean mayShrink) {
        table.remove(child, hash(child.name()), mayShrink);
    }

    private Set<String> listed() {
        Set<String> listed = new HashSet<>();
        table.forEach(child -> assertTrue(listed.add(child.name()), "twice: " + child.name()));
        return listed;
    }

    private void add(Znode child) {
        table.add(child, hash(child.name()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void behavesLikeAMapWhileItGrowsAndShrinks(long seed) {
        Random random = new Random(seed);
        Map<String, Znode> model = new HashMap<>();
        List<String> present = new ArrayList<>();
        for (int phase = 0; phase < 12; phase++) {
            boolean growing = phase % 2 == 0;
            boolean mayShrink = phase % 4 != 3;
            for (int i = 0; i < 5000; i++) {
                if (present.isEmpty() || random.nextInt(10) < (growing ? 8 : 2)) {
                    String name = "n" + random.nextInt(1 << 20);
                    if (!model.containsKey(name)) {
                        Znode child = node(name);
                        add(child);
                        model.put(name, child);
                        present.add(name);
                    }
                } else {
                    int index = random.nextInt(present.size());
                    String name = present.get(index);
                    present.set(index, present.get(present.size() - 1));
                    present.remove(present.size() - 1);
                    remove(model.remove(name), mayShrink);
                    assertNull(find(name));
                }
            }
            assertEquals(model.size(), table.size());
            assertEquals(model.keySet(), listed());
            model.forEach((name, child) -> assertEquals(child, find(name)));
        }
    }

    @Test
    void givesItsPagesBackAsItIsEmptied() {
        List<Znode> children = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Znode child = node("child-" + i);
            children.add(child);
            add(child);
        }
        assertTrue(table.slotCount() >= 20_000, "slots: " + table.slotCount());
        assertTrue(table.slotCount() <= 60_000, "slots: " + table.slotCount());
        for (Znode child : children.subList(0, 19_990)) {
            remove(child, true);
        }
        assertTrue(table.slotCount() <= 512, "slots: " + table.slotCount());
        for (int i = 19_990; i < 20_000; i++) {
            assertNotNull(find("child-" + i));
        }
    }

    @Test
    void catchesUpWithShrinkingThatWasPutOff() {
        List<Znode> children = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Znode child = node("child-" + i);
            children.add(child);
            add(child);
        }
        int grown = table.slotCount();
        for (Znode child : children.subList(0, 3000)) {
            remove(child, false);
        }
        assertEquals(grown, table.slotCount());
        for (Znode child : children.subList(3000, 4999)) {
            remove(child, true);
        }
        assertTrue(table.slotCount() < grown / 3, "slots: " + table.slotCount());
        assertEquals(Set.of("child-4999"), listed());
    }

    @Test
    void pagesAreFilledEvenlyWhateverTheNamesLookLike() {
        for (int i = 0; i < 50_000; i++) {
            add(node(String.format("lock-%010d", i)));
        }
        int fewest = Integer.MAX_VALUE;
        for (long position = 0; position < ChildTable.END; position = table.after(position)) {
            fewest = Math.min(fewest, table.page(position).size());
        }
        assertTrue(fewest >= 100, "children of the emptiest page: " + fewest);
    }

    @Test
    void namesWhoseHashesAreTheSameAreToldApart() {
        List<Znode> children = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Znode child = node("n" + i);
            children.add(child);
            table.add(child, 77);
        }
        for (Znode child : children) {
            String name = child.name();
            assertEquals(child, table.find(name, 0, name.length(), 77));
        }
        for (Znode child : children) {
            table.remove(child, 77, true);
        }
        assertEquals(0, table.size());
        assertEquals(Set.of(), listed());
    }

    @Test
    void aWalkMeetsEveryChildThatIsThereAllTheTimeWhileOthersComeAndGo() {
        Random random = new Random(5);
        for (int round = 0; round < 10; round++) {
            String prefix = "round-" + round + "-";
            Set<String> staying = new HashSet<>();
            List<Znode> going = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                Znode child = node(prefix + i);
                add(child);
                if (random.nextBoolean()) {
                    staying.add(child.name());
                } else {
                    going.add(child);
                }
            }
            Set<String> met = new HashSet<>();
            int added = 0;
            for (long position = 0; position < ChildTable.END; ) {
                ChildPage page = table.page(position);
                position = table.after(position);
                for (int slot = 0; slot < page.slots(); slot++) {
                    Znode child = page.slot(slot);
                    if (child != null) {
                        assertTrue(met.add(child.name()), "twice: " + child.name());
                    }
                }
                for (int i = 0; i < 60; i++) {
                    add(node(prefix + "later-" + added++));
                }
                for (int i = 0; i < 20 && !going.isEmpty(); i++) {
                    remove(going.remove(going.size() - 1), false);
                }
            }
            assertTrue(met.containsAll(staying));
        }
    }

    @Test
    void anotherSaltGivesOtherHashes() {
        NameHash other = new NameHash(8);
        int same = 0;
        for (int i = 0; i < 1000; i++) {
            String name = "n" + i;
            same += hash(name) == other.of(name, 0, name.length()) ? 1 : 0;
        }
        assertTrue(same < 5, "equal hashes: " + same);
    }

    @Test
    void takingOutAStrangerFailsLoudly() {
        add(node("a"));
        Znode stranger = node("a");
        assertThrows(IllegalStateException.class, () -> remove(stranger, true));
    }
}
