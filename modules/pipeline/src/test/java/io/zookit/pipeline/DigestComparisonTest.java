package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.wire.LoggedTxn.Digest;
import org.junit.jupiter.api.Test;

class DigestComparisonTest {
    private static Digest recorded(long value) {
        return new Digest(Digest.CURRENT_VERSION, value);
    }

    @Test
    void theFirstDifferenceIsToldAndNoLaterOne() {
        DigestComparison comparison = new DigestComparison(true);
        assertFalse(comparison.comesApart(recorded(1), 1));
        assertTrue(comparison.comesApart(recorded(2), 3));
        assertFalse(comparison.comesApart(recorded(4), 5));
        assertFalse(comparison.isInStep());
        assertEquals(1, comparison.mismatches());
    }

    @Test
    void whatMayHaveBegunAsAnotherTreeCountsFromTheFirstSameDigestOn() {
        DigestComparison comparison = new DigestComparison(false);
        assertFalse(comparison.comesApart(recorded(1), 2));
        assertFalse(comparison.comesApart(recorded(3), 3));
        assertTrue(comparison.comesApart(recorded(4), 5));
    }

    @Test
    void anotherTreeBeginsAnew() {
        DigestComparison comparison = new DigestComparison(true);
        assertTrue(comparison.comesApart(recorded(1), 2));
        comparison.restart(true);
        assertTrue(comparison.comesApart(recorded(3), 4));
        assertEquals(2, comparison.mismatches());
    }

    @Test
    void digestsOfAnotherAlgorithmSayNothing() {
        DigestComparison comparison = new DigestComparison(true);
        assertFalse(comparison.comesApart(new Digest(Digest.CURRENT_VERSION + 1, 1), 2));
        assertTrue(comparison.isInStep());
    }
}
