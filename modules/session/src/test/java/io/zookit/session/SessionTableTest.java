package io.zookit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTableTest {
    private final SessionTable<String> table = new SessionTable<>();

    @Test
    void aSessionIsFoundFromItsAdditionToItsRemoval() {
        assertNull(table.find(7));
        Session<String> session = table.add(7, 4_000);
        assertSame(session, table.find(7));
        assertEquals(7, session.id());
        assertEquals(4_000, session.timeoutMillis());
        assertFalse(session.isClosing());
        assertNull(session.connection());
        assertEquals(1, table.size());
        assertSame(session, table.remove(7));
        assertNull(table.find(7));
        assertNull(table.remove(7));
        assertEquals(0, table.size());
    }

    @Test
    void aReplayedBeginningBeginsAnew() {
        Session<String> session = table.add(7, 4_000);
        session.attach("c");
        session.markClosing();
        Session<String> again = table.add(7, 5_000);
        assertNotSame(session, again);
        assertSame(again, table.find(7));
        assertEquals(5_000, again.timeoutMillis());
        assertFalse(again.isClosing());
        assertEquals(1, table.size());
    }

    @Test
    void aNewConnectionTakesTheSessionOver() {
        Session<String> session = table.add(7, 4_000);
        assertNull(session.attach("first"));
        assertEquals("first", session.attach("second"));
        assertEquals("second", session.connection());
        session.timeoutMillis(9_000);
        assertEquals(9_000, session.timeoutMillis());
    }

    @Test
    void theEndOfAnOldConnectionDoesNotDetachTheNewOne() {
        Session<String> session = table.add(7, 4_000);
        session.attach("first");
        session.attach("second");
        assertFalse(session.detach("first"));
        assertEquals("second", session.connection());
        assertTrue(session.detach("second"));
        assertNull(session.connection());
        assertFalse(session.detach("second"));
    }

    @Test
    void connectionsAreToldApartByIdentity() {
        Session<String> session = table.add(7, 4_000);
        session.attach(new String("same"));
        assertFalse(session.detach(new String("same")));
        assertEquals("same", session.connection());
    }

    @Test
    void aLocalSessionBecomesGlobalAsTheOneItIs() {
        Session<String> session = Session.local(7, 4_000);
        assertTrue(session.isLocal());
        session.attach("c");
        session.becomeGlobal();
        assertFalse(session.isLocal());
        assertSame(session, table.add(session));
        assertSame(session, table.find(7));
        assertEquals("c", session.connection());
        assertFalse(table.add(8, 4_000).isLocal());
    }

    @Test
    void zeroIsNoSession() {
        assertThrows(IllegalStateException.class, () -> table.add(0, 4_000));
        assertThrows(IllegalStateException.class, () -> Session.local(0, 4_000));
    }

    @Test
    void theWalkGoesById() {
        for (long id : new long[] {5, -3, Long.MAX_VALUE, 1, Long.MIN_VALUE + 1}) {
            table.add(id, 4_000);
        }
        List<Long> ids = new ArrayList<>();
        table.forEach(session -> ids.add(session.id()));
        assertEquals(List.of(Long.MIN_VALUE + 1, -3L, 1L, 5L, Long.MAX_VALUE), ids);
    }

    @Test
    void aSessionIsWrittenAsEverybodyWritesIt() {
        Session<String> session = table.add(0x1234_abcdL, 4_000);
        assertEquals("session 0x1234abcd (4000 ms)", session.toString());
        session.markClosing();
        assertEquals("session 0x1234abcd (4000 ms, closing)", session.toString());
    }
}
