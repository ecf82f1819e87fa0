package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SnapshotPolicyTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void snapCountAloneDecidesWhenItWasAskedFor() {
        SnapshotPolicy policy = SnapshotPolicy.byTransactions(100);
        assertFalse(policy.isDue(60, 59, 1 << 30, 0));
        assertTrue(policy.isDue(60, 60, 1, 1L << 40));
    }

    @Test
    void otherwiseTheLogHasToOutgrowTheData() {
        SnapshotPolicy policy = SnapshotPolicy.byGrowth(100_000);
        assertFalse(policy.isDue(60_000, 59_999, 1 << 30, 0), "too few transactions");
        assertFalse(policy.isDue(60_000, 1_000_000, 255 * MEGABYTE, 0), "not worth it yet");
        assertTrue(policy.isDue(60_000, 60_000, 256 * MEGABYTE, 128 * MEGABYTE));
        assertFalse(policy.isDue(60_000, 1_000_000, 399 * MEGABYTE, 200 * MEGABYTE), "the data is too large");
        assertTrue(policy.isDue(60_000, 1_000_000, 400 * MEGABYTE, 200 * MEGABYTE));
        assertTrue(policy.isDue(60_000, 1_000_000, SnapshotPolicy.LOG_BYTES_MAX, 1L << 40), "there is an end");
    }
}
