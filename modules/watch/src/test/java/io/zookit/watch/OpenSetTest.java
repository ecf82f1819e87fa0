package io.zookit.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSetTest {
    private static final class Element extends Hashed {
        Element(int hash) {
            super(hash);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 5_000})
    void behavesAsASetByIdentityHoweverHashesCollide(int distinctHashes) {
        Random random = new Random(distinctHashes);
        OpenSet<Element> set = new OpenSet<>();
        Set<Element> model = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            elements.add(new Element(random.nextInt(distinctHashes)));
        }
        for (int step = 0; step < 30_000; step++) {
            Element element = elements.get(random.nextInt(elements.size()));
            boolean growing = step / 5_000 % 2 == 0;
            if (random.nextInt(10) < (growing ? 7 : 3)) {
                assertEquals(model.add(element), set.add(element), "step " + step);
            } else {
                assertEquals(model.remove(element), set.remove(element), "step " + step);
            }
            assertEquals(model.size(), set.size());
        }
        for (Element element : elements) {
            assertEquals(model.contains(element), set.contains(element));
        }
        assertEquals(model, walk(set));
        elements.forEach(set::remove);
        assertEquals(0, set.size());
        assertTrue(set.slotCount() <= 8, "an empty set gives its space back");
    }

    private static Set<Element> walk(OpenSet<Element> set) {
        Set<Element> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int slot = 0; slot < set.slotCount(); slot++) {
            Element element = set.at(slot);
            if (element != null) {
                assertTrue(found.add(element));
            }
        }
        return found;
    }
}
