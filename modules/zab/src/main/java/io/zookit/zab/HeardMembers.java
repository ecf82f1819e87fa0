package io.zookit.zab;

import io.zookit.model.Zxid;
import org.jspecify.annotations.Nullable;

/**
 * What a learner hears of the members while it takes over its leader's history: reconfigurations in it, and what NEWLEADER names. Those
 * that are decided count from UPTODATE on; one may be under way, and waits for its activation.
 */
final class HeardMembers {
    private final Core core;

    /** What NEWLEADER has named. */
    private @Nullable Membership ofLeader;

    /** The newest that has come as decided. */
    private @Nullable Membership settled;

    HeardMembers(Core core) {
        this.core = core;
    }

    /** A transaction of the history is a reconfiguration. */
    void inHistory(Membership next, long committedZxid) {
        settle(committedZxid);
        core.proposedMembership(next);
    }

    /**
     * NEWLEADER names the members.
     *
     * @throws MembershipFormatException when that is no text of members
     */
    void ofLeader(byte[] config) {
        Membership named = Membership.parse(config);
        ofLeader = named;
        if (named.version() > core.newestMembership().version()) {
            core.proposedMembership(named);
        }
    }

    /**
     * Of what came so far, the committed part is decided. A leader may name members whose change is still under way; a version at the
     * beginning of an epoch is that of a file, and nothing that could be undecided.
     */
    private void settle(long committedZxid) {
        settle(core.proposedMembership(), committedZxid);
        settle(ofLeader, committedZxid);
    }

    private void settle(@Nullable Membership candidate, long committedZxid) {
        if (candidate != null
                && (candidate.version() <= committedZxid || Zxid.counter(candidate.version()) == 0)
                && (settled == null || candidate.version() > settled.version())) {
            settled = candidate;
        }
    }

    /** The whole history has come, and counts up to a zxid: newer members that are decided, {@code null} when there are none. */
    @Nullable
    Membership decided(long committedZxid) {
        settle(committedZxid);
        return isNewer(settled) ? settled : null;
    }

    /**
     * The leader is lost. Who was given a second reconfiguration knows that the first is decided, whatever becomes of this leader: none is
     * proposed before the one before it counts. Without it quorums of the members before both would be asked for.
     */
    @Nullable
    Membership decidedAnyway() {
        Membership first = settled;
        long second = core.newestMembership().version();
        boolean logged = Zxid.counter(second) != 0 && second <= core.log.lastZxid();
        return first != null && isNewer(first) && first.version() < second && logged ? first : null;
    }

    private boolean isNewer(@Nullable Membership members) {
        return members != null && members.version() > core.membership().version();
    }
}
