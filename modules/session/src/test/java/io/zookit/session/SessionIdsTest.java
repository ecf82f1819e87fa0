package io.zookit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionIdsTest {
    @Test
    void theIdHoldsServerTimeAndCounter() {
        SessionIds ids = new SessionIds(1, 0x12_3456_789aL);
        assertEquals(0x0112_3456_789a_0000L, ids.next());
        assertEquals(0x0112_3456_789a_0001L, ids.next());
    }

    @Test
    void onlyTheLowBitsOfServerAndTimeCount() {
        assertEquals(0x2a00_0000_0001_0000L, new SessionIds(0x12a, 0xff00_0000_0001L).next());
        assertEquals(0xfeff_ffff_ffff_0000L, new SessionIds(254, -1).next());
    }

    @Test
    void idsAreKnownByTheirServer() {
        SessionIds ids = new SessionIds(200, 1_000);
        assertTrue(ids.isOurs(ids.next()));
        assertTrue(new SessionIds(200, 2_000).isOurs(ids.next()), "also after a restart");
        assertFalse(new SessionIds(72, 1_000).isOurs(ids.next()));
        assertTrue(new SessionIds(456, 1_000).isOurs(ids.next()), "only the low bits of the number count");
    }

    @Test
    void noSessionIsCalledZeroOrAsAContainer() {
        assertEquals(1, new SessionIds(0, 0).next());
        assertEquals(Long.MIN_VALUE + 1, new SessionIds(128, 0).next());
        SessionIds beforeZero = new SessionIds(255, (1L << 40) - 1);
        for (int i = 0; i < 0xffff; i++) {
            beforeZero.next();
        }
        assertEquals(-1, beforeZero.next());
        assertEquals(1, beforeZero.next());
    }

    @Test
    void serversAndStartsDoNotRepeatIds() {
        Set<Long> seen = new HashSet<>();
        for (int server = 1; server <= 5; server++) {
            for (long start : new long[] {1_000, 1_001}) {
                SessionIds ids = new SessionIds(server, start);
                for (int i = 0; i < 1_000; i++) {
                    assertTrue(seen.add(ids.next()));
                }
            }
        }
    }
}
