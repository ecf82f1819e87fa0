package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RefusalDiceTest {
    private static final int TOKENS = 10;
    private static final int FREEZE = 100;

    private double thrown;
    private int throwsSoFar;
    private long nowMillis = -5_000;

    /** Dice that show what the test has put there. */
    private final class Loaded implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new AssertionError("a chance is a fraction");
        }

        @Override
        public double nextDouble() {
            throwsSoFar++;
            return thrown;
        }
    }

    private RefusalDice dice(double increase, double decrease, double missingRatio) {
        RefusalDice dice =
                new RefusalDice(new RefusalChance(FREEZE, increase, decrease, missingRatio), TOKENS, new Loaded());
        assertFalse(dice.refuses(TOKENS, nowMillis));
        return dice;
    }

    /** The chance in hundredths, which is how many of a hundred even throws are refused. */
    private int percent(RefusalDice dice, long tokens) {
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            thrown = i / 100.0 + 0.000_1;
            refused += dice.refuses(tokens, nowMillis) ? 1 : 0;
        }
        return refused;
    }

    @Test
    void withoutAChanceNoDiceAreThrown() {
        RefusalDice dice = new RefusalDice(RefusalChance.NONE, TOKENS, new Loaded());
        assertFalse(dice.refuses(0, 0));
        assertFalse(dice.refuses(0, 1_000_000));
        assertEquals(0, throwsSoFar);
    }

    @Test
    void theChanceRisesByOneStepInEachFreezeThatEndsWithoutTokens() {
        RefusalDice dice = dice(0.25, 0.1, 0);
        nowMillis += FREEZE;
        assertEquals(0, percent(dice, 0), "the freeze is not over yet");
        nowMillis += 1;
        assertEquals(25, percent(dice, 0));
        nowMillis += FREEZE + 1;
        assertEquals(50, percent(dice, 0));
        nowMillis += 10 * FREEZE;
        assertEquals(75, percent(dice, 0), "one step, however long nobody came");
        nowMillis += FREEZE + 1;
        assertEquals(100, percent(dice, 0));
        nowMillis += FREEZE + 1;
        assertEquals(100, percent(dice, 0));
    }

    @Test
    void itStaysWhileSomeTokensAreThereAndFallsWhenHardlyOneIsMissing() {
        RefusalDice dice = dice(0.5, 0.25, 0.3);
        nowMillis += FREEZE + 1;
        assertEquals(50, percent(dice, 0));
        nowMillis += FREEZE + 1;
        assertEquals(50, percent(dice, TOKENS - 4));
        nowMillis += FREEZE + 1;
        assertEquals(25, percent(dice, TOKENS - 3));
        nowMillis += FREEZE + 1;
        assertEquals(0, percent(dice, TOKENS));
        nowMillis += FREEZE + 1;
        assertEquals(0, percent(dice, TOKENS));
    }

    @Test
    void byDefaultItFallsOnlyWhenNoTokenIsMissing() {
        RefusalDice dice = dice(0.5, 0.5, 0);
        nowMillis += FREEZE + 1;
        assertEquals(50, percent(dice, 0));
        nowMillis += FREEZE + 1;
        assertEquals(50, percent(dice, TOKENS - 1));
        nowMillis += FREEZE + 1;
        assertEquals(0, percent(dice, TOKENS));
    }

    @Test
    void aChanceOfOneRefusesEverybody() {
        RefusalDice dice = dice(1, 1, 0);
        nowMillis += FREEZE + 1;
        thrown = Math.nextDown(1.0);
        assertTrue(dice.refuses(0, nowMillis));
    }
}
