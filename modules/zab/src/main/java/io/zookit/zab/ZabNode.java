package io.zookit.zab;

import io.zookit.model.Check;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import org.jspecify.annotations.Nullable;

/**
 * One server's part in the consensus of an ensemble: a state machine without threads, clock, sockets or files. Events go in as
 * method calls, effects come out through {@link ZabEffects} before the call returns. It owns no time: {@link #tick} tells it.
 *
 * <p>The one rule: nothing that promises durability (an accepted epoch, the answer to NEWLEADER, the acknowledgement of a
 * proposal) goes out before the storage has reported that it is durable.
 *
 * <p>Messages of peers can never break the node: what makes no sense closes that peer's link, with a reason. What the driver or the
 * replica does wrong fails with {@link IllegalStateException}. One thread at a time.
 */
public final class ZabNode {
    private final Core core;
    private boolean started;

    /**
     * A node that has not begun.
     *
     * @param settings its numbers
     * @param membership the ensemble as this server knows it
     * @param stored what was found on disk
     * @param seed of all chance (pauses after failed attempts)
     * @param effects where effects go
     */
    public ZabNode(ZabSettings settings, Membership membership, StoredState stored, long seed, ZabEffects effects) {
        core = new Core(settings, membership, stored, seed, effects);
    }

    /**
     * Tells, before {@link #start}, of a reconfiguration in the log that this server does not know to be committed: the newest one
     * whose zxid is above the version of the membership it goes by. Until it is decided, quorums of both are needed.
     */
    public void recoveredMembership(Membership proposed) {
        Check.state(!started, "what was recovered is told before the start");
        core.proposedMembership(proposed);
    }

    // ---- time

    /** Begins: the server is LOOKING from here. Called once, first. */
    public void start(long nowMillis) {
        Check.state(!started, "a node is started once");
        started = true;
        core.nowMillis(nowMillis);
        core.role().enter();
    }

    /**
     * Tells the time: at the latest at {@link #nextDeadlineMillis}, and before other events when time has passed.
     *
     * @param nowMillis of any clock that never goes back
     */
    public void tick(long nowMillis) {
        core.nowMillis(nowMillis);
        if (isRunning()) {
            core.role().tick();
        }
    }

    /** When {@link #tick} is next needed, if nothing else happens; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineMillis() {
        return isRunning() ? core.role().nextDeadlineMillis() : Long.MAX_VALUE;
    }

    private boolean isRunning() {
        return started && !core.isStopped();
    }

    // ---- links between election ports

    /** There is a link with that server, or a new one in the place of an older one. */
    public void electionLinkUp(long serverId) {
        core.election.linkUp(serverId);
        if (isRunning()) {
            core.role().electionLinksChanged(serverId, true);
        }
    }

    /** There is none any more. */
    public void electionLinkDown(long serverId) {
        core.election.linkDown(serverId);
        if (isRunning()) {
            core.role().electionLinksChanged(serverId, false);
        }
    }

    /** A vote came in. {@code serverId} is whoever the link belongs to, also somebody outside of the membership. */
    public void voteReceived(long serverId, ElectionNotification vote) {
        if (!isRunning() || serverId == core.serverId()) {
            return;
        }
        boolean looking = state() == PeerState.LOOKING;
        if (looking) {
            adoptNewerMembership(vote.config());
        }
        if (!core.isVoter(serverId)) {
            if (core.election.mayAnswer(serverId, vote)) {
                core.election.tell(serverId);
            }
            return;
        }
        core.election.heard(serverId, vote);
        core.role().voteReceived(serverId, vote);
        // One without a vote has nothing to tell that counts, and a voter would answer it: the two would never stop.
        boolean asks = vote.state() == PeerState.LOOKING && core.isVoter(core.serverId());
        if (asks && (!looking || vote.round() < core.election.round())) {
            core.election.tell(serverId);
        } else if (vote.state() == PeerState.LOOKING && isLeftBehind(serverId, vote)) {
            core.election.tell(serverId);
        }
    }

    /**
     * Whether a voter asks for a leader where there is none for it: it goes by earlier members, of whom this server was one that is none
     * any more. Perhaps it knows nobody else, and then nobody else would tell it that it belongs to others now.
     */
    private boolean isLeftBehind(long serverId, ElectionNotification vote) {
        if (core.isVoter(core.serverId()) || !core.settings.reconfigEnabled()) {
            return false;
        }
        Membership theirs = membershipIn(vote.config());
        return theirs != null
                && theirs.version() < core.membership().version()
                && core.election.mayAnswer(serverId, vote);
    }

    /** Others may have been reconfigured while this server was away. A text that cannot be read is as good as none. */
    private void adoptNewerMembership(byte @Nullable [] config) {
        Membership theirs = core.settings.reconfigEnabled() ? membershipIn(config) : null;
        // Votes carry memberships that count: also one that is known here, and not known to be decided.
        if (theirs != null && theirs.version() > core.membership().version()) {
            core.adopt(theirs);
            core.become(new Looking(core));
        }
    }

    private static @Nullable Membership membershipIn(byte @Nullable [] config) {
        try {
            return config == null ? null : Membership.parse(config);
        } catch (MembershipFormatException e) {
            return null;
        }
    }

    // ---- links between quorum ports

    /**
     * Somebody dialed this server's quorum port.
     *
     * @param link a name above 0, never used before
     */
    public void learnerLinkUp(long link) {
        Check.state(link > 0, "the names of learners' links are above 0");
        if (isRunning()) {
            core.learnerLinkUp(link);
        } else {
            core.effects.closeLink(link, "this server has stopped");
        }
    }

    /** The link of {@link ZabEffects#connectLeader} is there. */
    public void leaderLinkUp(long link) {
        if (isRunning()) {
            core.role().leaderLinkUp(link);
        }
    }

    /** A link is gone, or did not come to be. Unknown links are ignored. */
    public void linkDown(long link) {
        if (isRunning()) {
            core.forgetEarlyLearner(link);
            core.role().linkDown(link);
        }
    }

    /** A message came in. Of a link that the node has closed it is ignored. */
    public void received(long link, QuorumMessage message) {
        if (isRunning() && !core.keepForLater(link, message)) {
            core.role().received(link, message);
        }
    }

    // ---- storage; every event answers an effect, in the order of the effects

    /** Everything appended up to {@code zxid} is durable. */
    public void appended(long zxid) {
        if (isRunning() && core.log.appended(zxid)) {
            core.role().durableChanged();
        }
    }

    /** These epochs are durable. */
    public void epochsSaved(long acceptedEpoch, long currentEpoch) {
        if (isRunning()) {
            core.epochs.saved(acceptedEpoch, currentEpoch);
            core.role().durableChanged();
        }
    }

    /** It is durable whether this server was given everything. */
    public void unsyncedSaved(boolean unsynced) {
        if (isRunning()) {
            core.syncMark.saved(unsynced);
            core.role().durableChanged();
        }
    }

    /** The log ends with {@code lastZxid} now, verified by reading it. */
    public void truncated(long lastZxid) {
        if (isRunning()) {
            core.log.truncated(lastZxid);
            core.forgetProposedAfter(lastZxid);
        }
    }

    /** The replica's state is the one of snapshot and log. */
    public void stateReloaded() {
        if (isRunning()) {
            core.log.reloaded();
            core.role().logReplaced();
        }
    }

    /**
     * The leader's snapshot has come to its end, is not durable yet, and holds these members: they are decided, as everything in a
     * snapshot is. The driver makes the snapshot durable after what this asks for. Who goes by older members than his history could
     * elect a leader with those who have left, and lose what came after.
     */
    public void snapshotMembers(Membership members) {
        if (isRunning()
                && core.settings.reconfigEnabled()
                && members.version() > core.membership().version()) {
            core.role().decided(members);
        }
    }

    /** Snapshot and state are those that the leader sent; the log is empty. */
    public void snapshotInstalled(long zxid) {
        if (isRunning()) {
            core.log.installed(zxid);
            core.forgetProposed();
            core.role().logReplaced();
        }
    }

    /** The leader's snapshot did not come to its end: everything is as it was before it. */
    public void snapshotAbandoned() {
        if (isRunning()) {
            core.log.abandoned();
            core.role().logReplaced();
        }
    }

    /** A snapshot is on its way to a learner, complete. Ignored for links that are gone. */
    public void snapshotSent(long link, long zxid) {
        if (isRunning()) {
            core.role().snapshotSent(link, zxid);
        }
    }

    /** What {@link ZabEffects#sendLog} asked for is on its way. Ignored for links that are gone. */
    public void logSent(long link) {
        if (isRunning()) {
            core.role().logSent(link);
        }
    }

    /** The log forgot its beginning: see {@link History#afterZxid}. */
    public void purged(long afterZxid) {
        if (isRunning()) {
            core.log.purged(afterZxid);
        }
    }

    /** The storage failed: the node leaves its role and stops for good. */
    public void storageFailed(String reason) {
        core.stop("the storage failed: " + reason);
    }

    /** This server cannot do its part any more, for a reason other than its storage: the node leaves its role and stops for good. */
    public void failed(String reason) {
        core.stop(reason);
    }

    // ---- replica

    /**
     * Proposes a transaction. It is appended and sent before this returns. One of the type reconfig changes the membership: from here to
     * its commit, and for it, quorums of the old and of the new membership are needed.
     *
     * @param zxid the one after the last proposed, of the epoch the role was given with
     * @param record its bytes; never changed afterwards
     * @return whether it was proposed; false when this server does not lead that epoch any more, or is about to end it: the proposer
     *     learns, or has learned, so by {@link ZabEffects#roleChanged}
     * @throws IllegalStateException when the zxid is another one, or when a membership is proposed while another one is under way: a bug
     *     of ours
     */
    public boolean propose(long zxid, byte[] record) {
        return isRunning() && core.role().propose(zxid, record);
    }

    /** The state holds everything up to {@code zxid}. Only checked: nothing is applied that is not durable here. */
    public void applied(long zxid) {
        if (isRunning()) {
            core.applied(zxid);
        }
    }

    /**
     * While leading: a client of this server wants to read what every earlier write left. {@link ZabEffects#synced} follows, in
     * order, unless the role changes.
     *
     * <p>While following or observing: the request goes to the leader with {@link #forward}, and nothing is to be called here.
     */
    public void sync() {
        if (isRunning()) {
            core.role().sync();
        }
    }

    /** While leading: the same for a learner's client; the learner is told. */
    public void syncFor(long link) {
        if (isRunning()) {
            core.role().syncFor(link);
        }
    }

    /** While following or observing: hands a client's request to the leader, a sync too. Dropped in any other role. */
    public void forward(QuorumMessage.Request request) {
        if (isRunning()) {
            core.role().forward(request);
        }
    }

    /** While following or observing: asks the leader whether a session may go on here. Dropped in any other role. */
    public void revalidate(long sessionId, int timeoutMillis) {
        if (isRunning()) {
            core.role().revalidate(sessionId, timeoutMillis);
        }
    }

    /** While leading: the answer to a learner's question. */
    public void revalidated(long link, long sessionId, boolean valid) {
        if (isRunning()) {
            core.role().revalidated(link, sessionId, valid);
        }
    }

    /** While following or observing: a session showed itself; the leader hears of it with the next ping. */
    public void touched(long sessionId, int timeoutMillis) {
        if (isRunning()) {
            core.role().touched(sessionId, timeoutMillis);
        }
    }

    // ---- what can be seen from outside, for people and tests

    /** The role. While it is not yet served in, {@link #phase} says how far it is. */
    public PeerState state() {
        return core.role().state();
    }

    /** How far the node is in its role. */
    public Phase phase() {
        return core.role().phase();
    }

    /** The newest epoch this server has promised to, durably. */
    public long acceptedEpoch() {
        return core.epochs.durableAccepted();
    }

    /** The epoch this server last took part in, durably. */
    public long currentEpoch() {
        return core.epochs.durableCurrent();
    }

    /** The leader it follows or is, {@link Membership#NOBODY} while LOOKING. */
    public long leader() {
        return core.role().leader();
    }

    /** The servers that follow or observe this one. */
    public LearnerCounts learnerCounts() {
        return core.role().learnerCounts();
    }

    /** The newest transaction that was appended, durable or not. */
    public long lastZxid() {
        return core.log.lastZxid();
    }

    /** The watermark last given to {@link ZabEffects#commit}, 0 before the first. */
    public long committedZxid() {
        return core.committedZxid();
    }

    /** The members this server goes by. */
    public Membership membership() {
        return core.membership();
    }

    /** Where the ensemble stands: what a {@link MembershipChange} is checked against. The same object as long as nothing changes. */
    public Standing standing() {
        return core.standing();
    }
}
