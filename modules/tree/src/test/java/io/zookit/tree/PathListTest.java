package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PathListTest {
    private final PathList list = new PathList();

    @Test
    void holdsEachPathOnceAndForgetsWhatGoes() {
        list.add("/a");
        list.add("/b");
        list.add("/a");
        list.remove("/none");
        assertEquals(List.of("/a", "/b"), list.view());
        list.remove("/a");
        list.remove("/b");
        assertTrue(list.view().isEmpty());
    }

    @Test
    void aWalkFromTheEndMeetsEverythingThatStaysWhateverComesAndGoes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Set<String> stays = new TreeSet<>();
            for (int i = 0; i < 50; i++) {
                list.add("/" + round + "/" + i);
                stays.add("/" + round + "/" + i);
            }
            Set<String> met = new HashSet<>();
            for (int place = list.view().size() - 1; place >= 0; place--) {
                if (place < list.view().size()) {
                    met.add(list.view().get(place));
                }
                String some = "/" + round + "/" + random.nextInt(80);
                if (random.nextBoolean()) {
                    list.add(some);
                } else {
                    list.remove(some);
                    stays.remove(some);
                }
            }
            stays.removeAll(met);
            assertTrue(stays.isEmpty(), "not met: " + stays + ", seed " + seed);
        }
    }
}
