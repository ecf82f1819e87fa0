package io.zookit.session.buckets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongTableTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 3_000, 1L << 56, 0x9E3779B97F4A7C15L})
    void behavesAsAMap(long step) {
        Random random = new Random(step);
        LongTable<TrackedSession> table = new LongTable<>();
        Map<Long, TrackedSession> model = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long key = (random.nextInt(400) - 200) * step;
            boolean growing = i / 10_000 % 2 == 0;
            if (random.nextInt(10) < (growing ? 7 : 2)) {
                if (!model.containsKey(key)) {
                    TrackedSession session = new TrackedSession(key);
                    model.put(key, session);
                    table.add(session);
                }
            } else {
                assertSame(model.remove(key), table.remove(key));
                assertNull(table.find(key));
            }
            assertEquals(model.size(), table.size());
        }
        for (long key = -200; key < 200; key++) {
            assertSame(model.get(key * step), table.find(key * step), "step " + step);
        }
    }
}
