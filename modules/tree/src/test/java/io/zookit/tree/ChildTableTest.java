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
        byte[] content = Znode.content(name, 0, name.length(), 0);
        return new Znode(STAT, content, true, false, false, acls.use(Acl.OPEN_UNSAFE));
    }

    private Znode find(String name) {
        return table.find(name, 0, name.length(), names.of(name, 0, name.length()));
    }

    private Set<String> listed() {
        Set<String> listed = new HashSet<>();
        for (int i = 0; i < table.bucketCount(); i++) {
            for (Znode child = table.bucket(i); child != null; child = child.next) {
                assertTrue(listed.add(child.name()), "twice: " + child.name());
            }
        }
        return listed;
    }

    private void add(Znode child) {
        String name = child.name();
        table.add(child, names.of(name, 0, name.length()));
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
                    table.remove(model.remove(name), mayShrink);
                    assertNull(find(name));
                }
            }
            assertEquals(model.size(), table.size());
            assertEquals(model.keySet(), listed());
            model.forEach((name, child) -> assertEquals(child, find(name)));
        }
    }

    @Test
    void givesItsBucketsBackAsItIsEmptied() {
        List<Znode> children = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Znode child = node("child-" + i);
            children.add(child);
            add(child);
        }
        assertTrue(table.bucketCount() >= 19_999, "buckets: " + table.bucketCount());
        for (Znode child : children.subList(0, 19_990)) {
            table.remove(child, true);
        }
        assertTrue(table.bucketCount() <= 30, "buckets: " + table.bucketCount());
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
        int grown = table.bucketCount();
        for (Znode child : children.subList(0, 3000)) {
            table.remove(child, false);
        }
        assertEquals(grown, table.bucketCount());
        for (Znode child : children.subList(3000, 4999)) {
            table.remove(child, true);
        }
        assertTrue(table.bucketCount() < grown / 3, "buckets: " + table.bucketCount());
        assertEquals(Set.of("child-4999"), listed());
    }

    @Test
    void aBucketHoldsFewChildrenWhateverTheNamesLookLike() {
        for (int i = 0; i < 50_000; i++) {
            add(node(String.format("lock-%010d", i)));
        }
        int longest = 0;
        for (int i = 0; i < table.bucketCount(); i++) {
            int length = 0;
            for (Znode child = table.bucket(i); child != null; child = child.next) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        assertTrue(longest <= 16, "longest chain: " + longest);
    }

    @Test
    void anotherSaltGivesOtherHashes() {
        NameHash other = new NameHash(8);
        int same = 0;
        for (int i = 0; i < 1000; i++) {
            String name = "n" + i;
            same += names.of(name, 0, name.length()) == other.of(name, 0, name.length()) ? 1 : 0;
        }
        assertTrue(same < 5, "equal hashes: " + same);
    }

    @Test
    void takingOutAStrangerFailsLoudly() {
        add(node("a"));
        Znode stranger = node("a");
        assertThrows(IllegalStateException.class, () -> table.remove(stranger, true));
    }
}
