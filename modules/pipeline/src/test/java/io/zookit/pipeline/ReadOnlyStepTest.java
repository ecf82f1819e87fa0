package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.session.SessionIds;
import io.zookit.session.SessionPasswords;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.wire.ConnectRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class ReadOnlyStepTest {
    private static final int AFTER = 2_000;
    private static final int TIMEOUT = 500;
    private static final long BEGIN = 10_000;

    private final ServerRole role = new ServerRole(false);
    private final SessionPasswords passwords = SessionPasswords.compatible();
    private final ReadOnlyStep step = step(role, AFTER);

    private ReadOnlyStep step(ServerRole whose, int afterMillis) {
        Statistics statistics = new Statistics();
        return new ReadOnlyStep(
                whose,
                new ExactExpiry(),
                new SessionIds(1, 1),
                passwords,
                new ReplyStage(statistics, 1 << 20),
                null,
                afterMillis);
    }

    /** Every session ends exactly in time. */
    private static final class ExactExpiry implements SessionExpiry {
        private final Map<Long, Long> deadlines = new TreeMap<>();

        @Override
        public void touch(long sessionId, int timeoutMillis, long nowMillis) {
            deadlines.put(sessionId, nowMillis + timeoutMillis);
        }

        @Override
        public void remove(long sessionId) {
            deadlines.remove(sessionId);
        }

        @Override
        public void expired(long nowMillis, LongConsumer sessionId) {
            List<Long> late = deadlines.keySet().stream()
                    .filter(id -> deadlines.get(id) <= nowMillis)
                    .toList();
            late.forEach(id -> {
                deadlines.remove(id);
                sessionId.accept(id);
            });
        }

        @Override
        public long nextDeadlineMillis() {
            return deadlines.values().stream().min(Long::compare).orElse(Long.MAX_VALUE);
        }

        @Override
        public long deadlineMillis(long sessionId) {
            return deadlines.getOrDefault(sessionId, -1L);
        }
    }

    private final SilentConnection transport = new SilentConnection();
    private final ClientConnection connection =
            new ClientConnection(transport, new ReplyStage(new Statistics(), 1 << 20), List.of(), 0);

    private static ConnectRequest request(long sessionId, byte[] password) {
        return new ConnectRequest(0, 0, TIMEOUT, sessionId, password, true, true);
    }

    private void beginMode() {
        step.lookingSince(BEGIN);
        step.work(BEGIN + AFTER);
        assertTrue(role.readsOnly());
    }

    @Test
    void theModeBeginsWhenThereWasNoLeaderForLongEnough() {
        step.lookingSince(BEGIN);
        assertEquals(BEGIN + AFTER, step.nextDeadlineMillis());
        step.work(BEGIN + AFTER - 1);
        assertFalse(role.readsOnly());
        step.work(BEGIN + AFTER);
        assertTrue(role.readsOnly());
        assertFalse(role.serves());
    }

    @Test
    void aLeaderInTimePreventsIt() {
        step.lookingSince(BEGIN);
        assertFalse(step.end());
        step.work(BEGIN + AFTER);
        assertFalse(role.readsOnly());
    }

    @Test
    void whoMayNotOrHasNoEnsembleNeverBeginsIt() {
        ServerRole alone = new ServerRole(true);
        ReadOnlyStep single = step(alone, AFTER);
        single.lookingSince(BEGIN);
        single.work(Long.MAX_VALUE - 1);
        assertFalse(alone.readsOnly());
        ReadOnlyStep never = step(role, EnsembleOptions.NEVER);
        never.lookingSince(BEGIN);
        never.work(Long.MAX_VALUE - 1);
        assertFalse(role.readsOnly());
    }

    @Test
    void aRoleEndsIt() {
        beginMode();
        role.become(Role.FOLLOWING, 2);
        assertFalse(role.readsOnly());
    }

    @Test
    void itsSessionsAreItsOwnAndEndWithIt() {
        beginMode();
        step.connect(connection, request(0, new byte[0]), TIMEOUT);
        assertNotEquals(0, connection.sessionId());
        assertEquals(1, step.sessionCount());
        assertTrue(step.end());
        assertEquals(0, step.sessionCount());
        assertEquals(Long.MAX_VALUE, step.nextDeadlineMillis());
    }

    @Test
    void aSessionOfTheEnsembleDoesNotGoOnHere() {
        beginMode();
        step.connect(connection, request(42, passwords.password(42)), TIMEOUT);
        assertTrue(transport.isClosed());
        assertEquals(0, connection.sessionId());
    }

    @Test
    void aSessionOfTheModeGoesOnForWhoKnowsItsPassword() {
        beginMode();
        step.connect(connection, request(0, new byte[0]), TIMEOUT);
        long session = connection.sessionId();
        SilentConnection thief = new SilentConnection();
        step.connect(other(thief), request(session, new byte[16]), TIMEOUT);
        assertTrue(thief.isClosed());
        SilentConnection again = new SilentConnection();
        step.connect(other(again), request(session, passwords.password(session)), TIMEOUT);
        assertFalse(again.isClosed());
        assertTrue(transport.isClosed(), "the newer connection has it");
        assertEquals(1, step.sessionCount());
    }

    private static ClientConnection other(SilentConnection transport) {
        return new ClientConnection(transport, new ReplyStage(new Statistics(), 1 << 20), List.of(), 0);
    }

    @Test
    void aSilentSessionEndsAfterItsTimeout() {
        beginMode();
        step.connect(connection, request(0, new byte[0]), TIMEOUT);
        step.work(BEGIN + AFTER + TIMEOUT - 1);
        assertFalse(transport.isClosed());
        assertEquals(BEGIN + AFTER + TIMEOUT, step.nextDeadlineMillis());
        step.work(BEGIN + AFTER + TIMEOUT);
        assertTrue(transport.isClosed());
        assertEquals(0, step.sessionCount());
    }
}
