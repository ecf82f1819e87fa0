package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.consensus.Role;
import org.junit.jupiter.api.Test;

class ReadOnlyStepTest {
    private static final int AFTER = 2_000;
    private static final long BEGIN = 10_000;

    private final ServerRole role = new ServerRole(false);
    private final ReadOnlyStep step = step(role, AFTER);

    private static ReadOnlyStep step(ServerRole whose, int afterMillis) {
        return new ReadOnlyStep(whose, new SessionWorld().answers, afterMillis);
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
}
