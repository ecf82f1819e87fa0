package io.zookit.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;

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
        throw new UnsupportedOperationException();
    }

    // ---- time

    /** Begins: the server is LOOKING from here. Called once, first. */
    public void start(long nowMillis) {}

    /**
     * Tells the time: at the latest at {@link #nextDeadlineMillis}, and before other events when time has passed.
     *
     * @param nowMillis of any clock that never goes back
     */
    public void tick(long nowMillis) {}

    /** When {@link #tick} is next needed, if nothing else happens. */
    public long nextDeadlineMillis() {
        return Long.MAX_VALUE;
    }

    // ---- links between election ports

    /** There is a link with that server, or a new one in the place of an older one. */
    public void electionLinkUp(long serverId) {}

    /** There is none any more. */
    public void electionLinkDown(long serverId) {}

    /** A vote came in. {@code serverId} is whoever the link belongs to, also somebody outside of the membership. */
    public void voteReceived(long serverId, ElectionNotification vote) {}

    // ---- links between quorum ports

    /**
     * Somebody dialed this server's quorum port.
     *
     * @param link a name above 0, never used before
     */
    public void learnerLinkUp(long link) {}

    /** The link of {@link ZabEffects#connectLeader} is there. */
    public void leaderLinkUp(long link) {}

    /** A link is gone, or did not come to be. Unknown links are ignored. */
    public void linkDown(long link) {}

    /** A message came in. Of a link that the node has closed it is ignored. */
    public void received(long link, QuorumMessage message) {}

    // ---- storage; every event answers an effect, in the order of the effects

    /** Everything appended up to {@code zxid} is durable. */
    public void appended(long zxid) {}

    /** These epochs are durable. */
    public void epochsSaved(long acceptedEpoch, long currentEpoch) {}

    /** The log ends with {@code lastZxid} now, verified by reading it. */
    public void truncated(long lastZxid) {}

    /** The replica's state is the one of snapshot and log. */
    public void stateReloaded() {}

    /** Snapshot and state are those that the leader sent; the log is empty. */
    public void snapshotInstalled(long zxid) {}

    /** The leader's snapshot did not come to its end: everything is as it was before it. */
    public void snapshotAbandoned() {}

    /** A snapshot is on its way to a learner, complete. Ignored for links that are gone. */
    public void snapshotSent(long link, long zxid) {}

    /** What {@link ZabEffects#sendLog} asked for is on its way. Ignored for links that are gone. */
    public void logSent(long link) {}

    /** The log forgot its beginning: see {@link History#afterZxid}. */
    public void purged(long afterZxid) {}

    /** The storage failed: the node leaves its role and stops for good. */
    public void storageFailed(String reason) {}

    // ---- replica

    /**
     * Proposes a transaction. It is appended and sent before this returns.
     *
     * @param zxid the one after the last proposed, of the epoch the role was given with
     * @param record its bytes; never changed afterwards
     * @return whether it was proposed; false when this server does not lead that epoch any more: the proposer learns, or has
     *     learned, so by {@link ZabEffects#roleChanged}
     * @throws IllegalStateException when the zxid is another one: a bug of ours
     */
    public boolean propose(long zxid, byte[] record) {
        return false;
    }

    /**
     * Proposes a transaction that changes the membership. From here to its commit, and for it, quorums of the old and of the new
     * membership are needed.
     *
     * @param next the new membership; its version is {@code zxid}
     * @return as {@link #propose}; false also while another change is under way
     */
    public boolean proposeMembership(long zxid, byte[] record, Membership next) {
        return false;
    }

    /** The state holds everything up to {@code zxid}. */
    public void applied(long zxid) {}

    /**
     * While leading: a client of this server wants to read what every earlier write left. {@link ZabEffects#synced} follows, in
     * order, unless the role changes.
     *
     * <p>While following or observing: the request goes to the leader with {@link #forward}, and nothing is to be called here.
     */
    public void sync() {}

    /** While leading: the same for a learner's client; the learner is told. */
    public void syncFor(long link) {}

    /** While following or observing: hands a client's request to the leader, a sync too. Dropped in any other role. */
    public void forward(QuorumMessage.Request request) {}

    /** While following or observing: asks the leader whether a session may go on here. Dropped in any other role. */
    public void revalidate(long sessionId, int timeoutMillis) {}

    /** While leading: the answer to a learner's question. */
    public void revalidated(long link, long sessionId, boolean valid) {}

    /** While following or observing: a session showed itself; the leader hears of it with the next ping. */
    public void touched(long sessionId, int timeoutMillis) {}

    // ---- what can be seen from outside, for people and tests

    /** The role. While it is not yet served in, {@link #phase} says how far it is. */
    public PeerState state() {
        return PeerState.LOOKING;
    }

    /** How far the node is in its role. */
    public Phase phase() {
        return Phase.ELECTION;
    }

    /** The newest epoch this server has promised to, durably. */
    public long acceptedEpoch() {
        return 0;
    }

    /** The epoch this server last took part in, durably. */
    public long currentEpoch() {
        return 0;
    }

    /** The leader it follows or is, {@link Membership#NOBODY} while LOOKING. */
    public long leader() {
        return Membership.NOBODY;
    }

    /** The newest transaction that was appended, durable or not. */
    public long lastZxid() {
        return 0;
    }

    /** The watermark last given to {@link ZabEffects#commit}, 0 before the first. */
    public long committedZxid() {
        return 0;
    }

    /** The members this server goes by. */
    public Membership membership() {
        throw new UnsupportedOperationException();
    }
}
