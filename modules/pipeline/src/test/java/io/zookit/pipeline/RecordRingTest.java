package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRingTest {
    private record Kept(int offset, int length, byte mark) {}

    private final RecordRing ring = new RecordRing(RecordRing.BYTES);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsKeptIsNotWrittenOverUntilItIsReleased(long seed) {
        Random random = new Random(seed);
        Queue<Kept> kept = new ArrayDeque<>();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 300_000 : 3000);
            int offset = ring.room(length);
            if (offset >= 0) {
                byte mark = (byte) i;
                Arrays.fill(ring.bytes(), offset, offset + length, mark);
                if (random.nextInt(8) > 0) {
                    ring.keep(offset + length);
                    kept.add(new Kept(offset, length, mark));
                }
            } else {
                refused++;
                assertTrue(!kept.isEmpty() || length > ring.bytes().length / 2, "an empty ring has no room");
            }
            while (!kept.isEmpty() && random.nextInt(1 + kept.size()) > 20) {
                release(kept.remove());
            }
        }
        assertTrue(refused > 0);
        kept.forEach(this::release);
    }

    private void release(Kept record) {
        for (int i = record.offset; i < record.offset + record.length; i++) {
            assertEquals(record.mark, ring.bytes()[i]);
        }
        ring.release(record.offset + record.length);
    }

    @Test
    void whatIsNotKeptTakesNoRoom() {
        for (int i = 0; i < 10; i++) {
            assertEquals(0, ring.room(900_000));
        }
    }

    @Test
    void aRecordLargerThanTheRingHasNoRoom() {
        assertEquals(-1, ring.room(1 << 20));
    }

    @Test
    void aRingWithoutBytesHasNoRoom() {
        RecordRing none = new RecordRing(0);
        assertEquals(-1, none.room(1));
        assertEquals(0, none.bytes().length);
    }
}
