package io.zookit.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.QuorumMessage.TouchedSession;
import java.util.List;

/**
 * What a {@link ZabNode} wants done. Called from within its events, on their thread, in an order that matters: whoever carries the
 * effects out keeps it for everything on one link, and for everything of the storage (append, saveEpochs, saveUnsynced, truncate,
 * reload, installSnapshot, membershipChanged are one queue, and their events come back in that order). Between two links, or a link
 * and the storage, no order is needed: what must wait for the storage is asked for only after the storage has reported.
 *
 * <p>Nothing here may call back into the node: whoever carries out an effect at once queues the event until the node has returned.
 */
public interface ZabEffects {
    // ---- links between election ports; there is at most one for each other server, named by the server's id

    /** Sends a vote. When the link is down the vote is lost; when one still waits for the link, this one replaces it. */
    void sendVote(long serverId, ElectionNotification vote);

    /** Sees to a link with that server, if there is none: {@link ZabNode#electionLinkUp} follows when there is. */
    void connectElection(long serverId);

    // ---- links between quorum ports, named by numbers that are never used twice

    /**
     * Dials the quorum port of a leader once. {@link ZabNode#leaderLinkUp} or {@link ZabNode#linkDown} follows.
     *
     * @param link the name of the new link, below 0
     * @param serverId whom to dial
     */
    void connectLeader(long link, long serverId);

    /** Sends a message. */
    void send(long link, QuorumMessage message);

    /**
     * Closes a link; {@link ZabNode#linkDown} may follow and is not needed.
     *
     * @param reason why, for the log
     */
    void closeLink(long link, String reason);

    /**
     * Sends, from the log on disk, every transaction after one zxid up to another, each as PROPOSAL and COMMIT, before anything
     * that is sent later on this link. {@link ZabNode#logSent} follows when it is on its way; when the log does not reach back so
     * far, the driver closes the link instead.
     */
    void sendLog(long link, long afterZxid, long throughZxid);

    /**
     * Sends a SNAP packet and the state it announces, of any snapshot that holds committed transactions only.
     * {@link ZabNode#snapshotSent} follows with its zxid.
     *
     * @param atLeastZxid the snapshot may not be older: it takes the place of the learner's log, and with an older one the learner
     *     would be without transactions that it has acknowledged. A driver that has none so new takes one once the state is there, or
     *     closes the link
     */
    void sendSnapshot(long link, long atLeastZxid);

    // ---- storage

    /**
     * Logs a transaction. {@link ZabNode#appended} follows once it, or a later one, is durable. The replica applies it when
     * {@link #commit} has reached it.
     */
    void append(long zxid, byte[] record);

    /** Makes both epochs durable, together. {@link ZabNode#epochsSaved} follows. */
    void saveEpochs(long acceptedEpoch, long currentEpoch);

    /**
     * Makes durable whether this server was given everything since it began with nothing: {@link StoredState#unsynced} of its next start.
     * {@link ZabNode#unsyncedSaved} follows.
     */
    void saveUnsynced(boolean unsynced);

    /**
     * Durably removes every transaction after {@code zxid}, first from the snapshots, then from the log. {@link ZabNode#truncated}
     * follows with what was left. Only transactions that nobody was told to be committed are ever removed.
     */
    void truncate(long zxid);

    /**
     * Throws the replica's state away and builds it anew from snapshot and log. {@link ZabNode#stateReloaded} follows.
     */
    void reload();

    /**
     * Takes the snapshot that follows the SNAP packet just received on this link, makes it durable, and puts it in the place of
     * snapshots, log and state: after a crash in between, all of the old or all of the new is there. Nothing more is read from the
     * link meanwhile. {@link ZabNode#snapshotMembers} follows when it holds any, and what that asks for is done first; then
     * {@link ZabNode#snapshotInstalled}, or {@link ZabNode#snapshotAbandoned} when the stream or the link broke.
     */
    void installSnapshot(long link, long zxid);

    // ---- replica

    /**
     * Every transaction up to {@code zxid} is committed, and durable here: apply them. A watermark that only grows while the server
     * runs. Zxids that the state already holds (it was recovered from the whole log) are not applied again.
     */
    void commit(long zxid);

    /**
     * The role has changed. LOOKING: whatever was in flight is dropped and clients are let go. The others: the state is that of the
     * last {@link #commit}; serve. LEADING: the next transaction is the first of {@code epoch}.
     *
     * @param leader the leader's id; {@link Membership#NOBODY} while LOOKING
     */
    void roleChanged(PeerState role, long epoch, long leader);

    /**
     * While leading: a learner's client wants something. To be handled in the order of arrival, each one that is no sync with
     * exactly one transaction of the same session and cxid, rejected ones included; a sync with {@link ZabNode#syncFor}.
     */
    void request(long link, QuorumMessage.Request request);

    /** The oldest open {@link ZabNode#sync} is done: everything before it has been given to {@link #commit}. */
    void synced();

    /** While leading: a learner's clients showed themselves. */
    void touched(long link, List<TouchedSession> sessions);

    /** While leading: a learner asks whether a session may go on there. The answer is {@link ZabNode#revalidated}. */
    void revalidate(long link, long sessionId, int timeoutMillis);

    /** The leader's answer to {@link ZabNode#revalidate}. */
    void revalidated(long sessionId, boolean valid);

    /** Other members than before: they are made durable; links and configuration file follow. */
    void membershipChanged(Membership membership);

    /** The node has stopped for good: no event does anything any more. The process should end. */
    void stopped(String reason);

    /**
     * This server has nothing, or not everything, and has heard of one that has: it votes no more until a leader has given it the data.
     * For people.
     *
     * @param serverId the one that has data
     */
    default void abstains(long serverId) {}
}
