package io.zookit.consensus.zab;

import io.zookit.model.ErrorCode;
import io.zookit.model.Zxid;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;
import io.zookit.zab.Membership;
import io.zookit.zab.MembershipChange;
import io.zookit.zab.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what a client's request for other members comes to: on the thread of the replica's owner, from what the loop has last said
 * about the ensemble and from what the owner itself has proposed since.
 */
final class MemberChanges {
    private static final Logger LOG = LoggerFactory.getLogger(MemberChanges.class);

    private final boolean enabled;
    private final int votersMin;
    private final MemberPlaces places;

    /** The zxid of the newest change that was proposed here, 0 for none. Used by the owner only, one thread at a time. */
    private long proposed;

    MemberChanges(EnsembleSettings settings, MemberPlaces places) {
        this.enabled = settings.zab().reconfigEnabled();
        this.votersMin = settings.standaloneEnabled() ? 2 : 1;
        this.places = places;
    }

    /** By the owner, of every transaction it proposes. */
    void proposes(long zxid, byte[] record) {
        if (Membership.isBroughtBy(record)) {
            proposed = zxid;
        }
    }

    /** By the owner. A refusal is told in the log as well: the client only learns its code. */
    MembershipAnswer answer(MembershipRequest request, long zxid) {
        MembershipAnswer answer = checked(request, zxid);
        if (answer instanceof MembershipAnswer.Refused refused) {
            LOG.info("the members of the ensemble stay as they are: {}", refused.reason());
        }
        return answer;
    }

    private MembershipAnswer checked(MembershipRequest request, long zxid) {
        if (!enabled) {
            return new MembershipAnswer.Refused(
                    ErrorCode.RECONFIG_DISABLED,
                    "reconfiguration is switched off; reconfigEnabled=true switches it on");
        }
        Standing now = places.standing();
        if (proposed > now.membership().version() && Zxid.epoch(proposed) == Zxid.epoch(zxid)) {
            return new MembershipAnswer.Refused(
                    ErrorCode.RECONFIG_IN_PROGRESS, "the change of " + Zxid.text(proposed) + " is under way");
        }
        MembershipChange change =
                new MembershipChange(request.joining(), request.leaving(), request.members(), request.fromVersion());
        MembershipChange.Outcome outcome = change.applyTo(now, votersMin, zxid);
        if (outcome instanceof MembershipChange.Outcome.Proposable next) {
            return new MembershipAnswer.Proposable(next.membership().text());
        } else if (outcome instanceof MembershipChange.Outcome.Refused refused) {
            return new MembershipAnswer.Refused(refused.error(), refused.reason());
        }
        throw new IllegalStateException("an outcome of no known kind: " + outcome);
    }
}
