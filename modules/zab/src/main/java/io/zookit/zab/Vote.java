package io.zookit.zab;

import org.jspecify.annotations.Nullable;

/**
 * Whom a server wants to lead, and the history it goes by.
 *
 * @param leader the server's id, {@link Membership#NOBODY} in the vote of one that may not be elected
 * @param zxid its newest transaction
 * @param peerEpoch the epoch it last took part in
 */
record Vote(long leader, long zxid, long peerEpoch) {
    /**
     * Whether this vote wins over another one: the later epoch, then the newer transaction, then the greater id; but a voter of the
     * membership that counts before one of the next only, of whom some may not have heard yet.
     *
     * @param membership the one that counts
     * @param next the newest one; the same when none is under way
     */
    boolean beats(Vote other, Membership membership, Membership next) {
        boolean known = membership.weight(leader) > 0;
        if (!known && next.weight(leader) == 0) {
            return false;
        }
        if (peerEpoch != other.peerEpoch) {
            return peerEpoch > other.peerEpoch;
        }
        if (zxid != other.zxid) {
            return zxid > other.zxid;
        }
        boolean otherIsKnown = membership.weight(other.leader) > 0;
        return known == otherIsKnown ? leader > other.leader : known;
    }

    // Written out because it is needed at the start, where what a record brings along is slow (decision 0082).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vote that && leader == that.leader && zxid == that.zxid && peerEpoch == that.peerEpoch;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * (31 * leader + zxid) + peerEpoch);
    }
}
