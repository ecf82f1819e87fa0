package io.zookit.pipeline;

import io.zookit.wire.LoggedTxn;

/**
 * Compares the digest of a tree, change by change, with what a leader or a log has recorded. Once two trees differ, every later digest
 * does, and so only the first is told; and a tree that may have begun as another one, such as from a snapshot that holds changes which are
 * still to come, is compared from the first digest on that is the same. Used by the owner of the tree.
 */
final class DigestComparison {
    private boolean inStep;
    private long mismatches;

    /**
     * @param exact whether the tree is known to be the one that was recorded
     */
    DigestComparison(boolean exact) {
        inStep = exact;
    }

    /** Whether the tree has come apart with this change. */
    boolean comesApart(LoggedTxn.Digest recorded, long digest) {
        if (recorded.version() != LoggedTxn.Digest.CURRENT_VERSION) {
            return false;
        }
        boolean same = recorded.value() == digest;
        boolean apart = inStep && !same;
        inStep = same;
        mismatches += apart ? 1 : 0;
        return apart;
    }

    /** The tree is another one. */
    void restart(boolean exact) {
        inStep = exact;
    }

    /** Whether the tree is still the recorded one, as far as anybody can tell. */
    boolean isInStep() {
        return inStep;
    }

    /** How often it has come apart. */
    long mismatches() {
        return mismatches;
    }
}
