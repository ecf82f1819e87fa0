package io.zookit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SessionTimeoutsTest {
    @Test
    void theTimeoutIsTheNearestThatIsGranted() {
        assertEquals(6_000, SessionTimeouts.negotiate(0, 6_000, 60_000));
        assertEquals(6_000, SessionTimeouts.negotiate(Integer.MIN_VALUE, 6_000, 60_000));
        assertEquals(6_000, SessionTimeouts.negotiate(6_000, 6_000, 60_000));
        assertEquals(30_000, SessionTimeouts.negotiate(30_000, 6_000, 60_000));
        assertEquals(60_000, SessionTimeouts.negotiate(60_001, 6_000, 60_000));
        assertEquals(60_000, SessionTimeouts.negotiate(Integer.MAX_VALUE, 6_000, 60_000));
    }

    @Test
    void boundsThatMakeNoSenseAreOurBug() {
        assertThrows(IllegalStateException.class, () -> SessionTimeouts.negotiate(1, 2, 1));
        assertThrows(IllegalStateException.class, () -> SessionTimeouts.negotiate(1, 0, 1));
    }
}
