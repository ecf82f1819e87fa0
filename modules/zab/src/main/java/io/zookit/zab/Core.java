package io.zookit.zab;

import io.zookit.model.Check;
import io.zookit.model.Zxid;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What all roles of a node share, and the one place where a role ends and another begins. */
final class Core {
    /** The most learners that may wait for the outcome of an election. */
    private static final int EARLY_LEARNERS_MAX = 256;

    final ZabSettings settings;
    final ZabEffects effects;
    final LocalLog log;
    final Epochs epochs;
    final SyncMark syncMark;
    final Election election;

    private final Random random;

    /** Learners that dialed before this server knew that it leads, with their first message once it has come. */
    private final Map<Long, @Nullable QuorumMessage> earlyLearners = new LinkedHashMap<>();

    private Membership membership;
    private @Nullable Membership proposedMembership;
    private @Nullable Standing standing;

    /** What is enough in the membership, and in the newest one; asked for every acknowledgement. */
    private Quorum committedQuorum;

    private Quorum newestQuorum;
    private Role role;
    private long nowMillis;
    private long committedZxid;
    private long lastLeaderLink;

    /** Attempts to lead or follow that failed one after the other. */
    private int failures;

    /** Whom a reconfiguration has named to lead next, until the next vote. */
    private long designated = Membership.NOBODY;

    private boolean served;
    private boolean wantsSnapshot;

    /** It has nothing, or not everything, and votes at most among others that have nothing. */
    private boolean yields;

    /** It votes for nobody. */
    private boolean abstains;

    private boolean saidSo;

    private boolean stopped;

    Core(ZabSettings settings, Membership membership, StoredState stored, long seed, ZabEffects effects) {
        this.settings = settings;
        this.effects = effects;
        this.membership = membership;
        this.committedQuorum = membership.quorum();
        this.newestQuorum = committedQuorum;
        this.random = new Random(seed);
        this.log = new LocalLog(settings, stored.history(), effects);
        this.epochs = new Epochs(stored, effects);
        this.syncMark = new SyncMark(stored, effects);
        this.election = new Election(this, membership);
        this.yields = stored.yields();
        this.abstains = !stored.votes();
        this.role = new Looking(this);
    }

    Role role() {
        return role;
    }

    long nowMillis() {
        return nowMillis;
    }

    void nowMillis(long nowMillis) {
        this.nowMillis = Math.max(this.nowMillis, nowMillis);
    }

    long serverId() {
        return settings.serverId();
    }

    boolean isStopped() {
        return stopped;
    }

    // ---- membership

    Membership membership() {
        return membership;
    }

    /** The membership that is proposed and not yet committed, {@code null} when there is none. */
    @Nullable
    Membership proposedMembership() {
        return proposedMembership;
    }

    void proposedMembership(@Nullable Membership next) {
        proposedMembership = next;
        standingChanged();
        Membership newest = newestMembership();
        newestQuorum = newest == membership ? committedQuorum : newest.quorum();
    }

    /** The log was cut: a reconfiguration behind its end was never made. */
    void forgetProposedAfter(long zxid) {
        if (proposedMembership != null && proposedMembership.version() > zxid) {
            proposedMembership(null);
        }
    }

    /** The whole history is another one: what counts of its reconfigurations the leader says. */
    void forgetProposed() {
        proposedMembership(null);
    }

    /** The newest membership this server has seen. */
    Membership newestMembership() {
        Membership proposed = proposedMembership;
        return proposed != null && proposed.version() > membership.version() ? proposed : membership;
    }

    /** Goes by another membership from here. */
    void adopt(Membership next) {
        adoptWith(committedZxid, next);
    }

    /** The same together with the commit that decides it: whoever hears of the commit finds the new membership here. */
    void adoptWith(long zxid, Membership next) {
        boolean changed = next != membership && !next.equals(membership);
        membership = next;
        committedQuorum = next.quorum();
        boolean done = proposedMembership == null || proposedMembership.version() <= next.version();
        proposedMembership(done ? null : proposedMembership);
        commit(zxid);
        if (changed) {
            effects.membershipChanged(next);
        }
    }

    // ---- where the ensemble stands

    Standing standing() {
        Standing known = standing;
        if (known == null) {
            Membership newest = newestMembership();
            known = new Standing(membership, newest == membership ? null : newest, role.synced());
            standing = known;
        }
        return known;
    }

    /** Members, or who has the history, are others than before. */
    void standingChanged() {
        standing = null;
    }

    /** What is enough: in the membership, and in the next one while it is under way. */
    Quorum quorum() {
        return newestQuorum == committedQuorum ? committedQuorum : new Quorum.Both(committedQuorum, newestQuorum);
    }

    /** What is enough for what was proposed before a membership that is under way. */
    Quorum committedQuorum() {
        return committedQuorum;
    }

    /** What the membership that is under way needs, in addition. */
    Quorum newestQuorum() {
        return newestQuorum;
    }

    /** The voters of the membership and of the next one. */
    SortedSet<Long> voters() {
        SortedSet<Long> voters = new TreeSet<>(membership.voters());
        voters.addAll(newestMembership().voters());
        return voters;
    }

    boolean isVoter(long serverId) {
        return membership.isVoter(serverId) || newestMembership().isVoter(serverId);
    }

    // ---- commit

    long committedZxid() {
        return committedZxid;
    }

    /** Raises the watermark as far as a zxid, but never beyond what is durable here. */
    void commit(long zxid) {
        long reached = Math.min(zxid, log.durableZxid());
        if (reached > committedZxid) {
            committedZxid = reached;
            effects.commit(reached);
        }
        log.recent().trim(committedZxid);
    }

    void applied(long zxid) {
        Check.state(
                log.isBusy() || zxid <= log.durableZxid(), "the state holds a transaction that is not durable here");
    }

    // ---- roles

    /** Ends the role and begins another one. */
    void become(Role next) {
        role.leave();
        role = next;
        standingChanged();
        if (!(next instanceof Leading)) {
            refuseEarlyLearners(next);
        }
        next.enter();
    }

    private void refuseEarlyLearners(Role next) {
        if (!(next instanceof Looking)) {
            earlyLearners.keySet().forEach(link -> effects.closeLink(link, "this server does not lead"));
            earlyLearners.clear();
        }
    }

    /** Ends the role, for whatever reason, and looks for a leader again. */
    void lookAgain() {
        failures = served ? 0 : failures + 1;
        endService();
        become(new Looking(this));
    }

    /** The same after a reconfiguration that gives the ensemble another leader: the first vote is for that one. */
    void lookFor(long leader) {
        designated = leader;
        lookAgain();
    }

    /** Whom to vote for first, {@link Membership#NOBODY} when nobody was named; said once. */
    long takeDesignated() {
        long named = designated;
        designated = Membership.NOBODY;
        return named;
    }

    private void endService() {
        if (served) {
            served = false;
            effects.roleChanged(PeerState.LOOKING, epochs.current(), Membership.NOBODY);
        }
    }

    /** The role is served in from here. Whoever gets so far has what a quorum has. */
    void serve(long epoch) {
        served = true;
        yields = false;
        abstains = false;
        syncMark.remove();
        election.established(epoch);
        effects.roleChanged(role.state(), epoch, role.leader());
    }

    /** How long to wait before the next attempt: nothing at first, then longer each time, and never in step with others. */
    int retryPauseMillis() {
        if (failures == 0) {
            return 0;
        }
        int doublings = Math.min(failures - 1, 16);
        long longest = Math.min((long) settings.retryMillisMin() << doublings, settings.retryMillisMax());
        return (int) (longest / 2 + random.nextInt((int) Math.max(longest / 2, 1)));
    }

    long nextLeaderLink() {
        return --lastLeaderLink;
    }

    /** The leader must be asked for a snapshot: what it wants removed stands in ours. */
    boolean wantsSnapshot() {
        return wantsSnapshot;
    }

    void wantsSnapshot(boolean wants) {
        wantsSnapshot = wants;
    }

    /**
     * Whether this server leaves it to others to elect a leader: it has no data, or not all of it, and may have lost it. Until a leader has
     * brought it up to date it counts as one that is down.
     */
    boolean abstains() {
        return abstains;
    }

    /**
     * Hears of somebody who has data; returns whether that ends this server's part in elections. Who only comes late to an ensemble that
     * has its leader will have the data in a moment, and nobody needs to know.
     */
    boolean yieldsTo(long serverId, boolean looking) {
        boolean first = yields && !abstains;
        if (yields && looking && !saidSo) {
            saidSo = true;
            effects.abstains(serverId);
        }
        abstains |= yields;
        return first;
    }

    // ---- learners that came early

    void learnerLinkUp(long link) {
        if (role instanceof Looking && earlyLearners.size() < EARLY_LEARNERS_MAX) {
            earlyLearners.put(link, null);
        } else if (role instanceof Leading leading) {
            leading.learnerLinkUp(link);
        } else {
            effects.closeLink(link, "this server does not lead");
        }
    }

    /** Keeps what an early learner said; a second message before it was answered is one too many. */
    boolean keepForLater(long link, QuorumMessage message) {
        if (!earlyLearners.containsKey(link)) {
            return false;
        }
        if (earlyLearners.put(link, message) != null) {
            earlyLearners.remove(link);
            effects.closeLink(link, "spoke twice before it was answered");
        }
        return true;
    }

    void forgetEarlyLearner(long link) {
        earlyLearners.remove(link);
    }

    /** Hands the early learners to the leader they hoped for. */
    void admitEarlyLearners(Leading leading) {
        Map<Long, @Nullable QuorumMessage> waiting = new LinkedHashMap<>(earlyLearners);
        earlyLearners.clear();
        for (Map.Entry<Long, @Nullable QuorumMessage> learner : waiting.entrySet()) {
            leading.learnerLinkUp(learner.getKey());
            QuorumMessage message = learner.getValue();
            if (message != null) {
                leading.received(learner.getKey(), message);
            }
        }
    }

    // ---- the end

    void stop(String reason) {
        if (!stopped) {
            endService();
            role.leave();
            stopped = true;
            effects.stopped(reason);
        }
    }

    /** The epoch of the newest transaction; what a recovered server has at least taken part in. */
    long epochOfLog() {
        return Zxid.epoch(log.lastZxid());
    }
}
