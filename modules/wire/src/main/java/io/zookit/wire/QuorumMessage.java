package io.zookit.wire;

import io.zookit.model.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leader and its learners tell each other (quorum protocol, record QuorumPacket). A learner is a follower or an observer.
 *
 * <p>Transactions travel as the bytes that are logged; byte arrays are shared, never copied, and must not be changed.
 */
public sealed interface QuorumMessage {
    /**
     * Learner to leader: a follower introduces itself.
     *
     * @param acceptedEpoch the newest epoch it has promised to
     * @param info who it is
     */
    record FollowerInfo(long acceptedEpoch, LearnerInfo info) implements QuorumMessage {}

    /** Learner to leader: an observer introduces itself; the parts are those of {@link FollowerInfo}. */
    record ObserverInfo(long acceptedEpoch, LearnerInfo info) implements QuorumMessage {}

    /**
     * Leader to learner: the epoch it will lead.
     *
     * @param epoch the new epoch
     * @param protocolVersion {@link LearnerInfo#PROTOCOL_VERSION}
     */
    record LeaderInfo(long epoch, int protocolVersion) implements QuorumMessage {}

    /**
     * Learner to leader: the epoch is accepted, durably.
     *
     * @param lastZxid the newest transaction in the learner's log, 0 for none
     * @param currentEpoch the epoch it last took part in, -1 when it had accepted the new epoch before
     */
    record AckEpoch(long lastZxid, int currentEpoch) implements QuorumMessage {}

    /** Leader to learner: what follows continues your history; {@code zxid} is the leader's last committed. */
    record Diff(long zxid) implements QuorumMessage {}

    /** Leader to learner: remove everything after {@code zxid}, then go on as after {@link Diff}. */
    record Trunc(long zxid) implements QuorumMessage {}

    /** Leader to learner: the whole state after {@code zxid} follows on the stream, as raw bytes. */
    record Snap(long zxid) implements QuorumMessage {}

    /**
     * Leader to learner: the history to begin the epoch with is complete.
     *
     * @param epoch the epoch
     * @param config the leader's newest ensemble configuration, text in UTF-8; {@code null} from very old leaders
     */
    record NewLeader(long epoch, byte @Nullable [] config) implements QuorumMessage {}

    /** Leader to learner: a quorum has the history; begin to serve. */
    record UpToDate() implements QuorumMessage {}

    /** Leader to follower: log this transaction. */
    record Proposal(long zxid, byte[] txn) implements QuorumMessage {}

    /** Follower to leader: everything up to {@code zxid} is durable. With counter 0: the answer to {@link NewLeader}. */
    record Ack(long zxid) implements QuorumMessage {}

    /** Leader to follower: the transaction counts. */
    record Commit(long zxid) implements QuorumMessage {}

    /** Leader to observer: the transaction counts, and this is it. */
    record Inform(long zxid, byte[] txn) implements QuorumMessage {}

    /**
     * Leader to follower: the reconfiguration counts, and holds from here.
     *
     * @param zxid the reconfiguration
     * @param designatedLeader who should lead now
     */
    record CommitAndActivate(long zxid, long designatedLeader) implements QuorumMessage {}

    /** Leader to observer: {@link Inform} and {@link CommitAndActivate} in one. */
    record InformAndActivate(long zxid, long designatedLeader, byte[] txn) implements QuorumMessage {}

    /** Leader to learner: are you there? {@code zxid} is its last proposed. */
    record Ping(long zxid) implements QuorumMessage {}

    /**
     * Learner to leader: I am, and these sessions showed themselves since the last time.
     *
     * @param zxid that of the {@link Ping}
     * @param sessions the sessions
     */
    record Pong(long zxid, List<TouchedSession> sessions) implements QuorumMessage {}

    /**
     * A session that a client kept alive.
     *
     * @param sessionId its id
     * @param timeoutMillis its timeout
     */
    record TouchedSession(long sessionId, int timeoutMillis) {}

    /**
     * Learner to leader: a client wants this.
     *
     * @param sessionId the client's session
     * @param cxid the client's number of the request
     * @param opCode the operation's number, which this server need not know
     * @param body the request's body, unchanged
     * @param ids the client's identities, {@code null} for a session that begins
     */
    record Request(
            long sessionId,
            int cxid,
            int opCode,
            byte[] body,
            @Nullable List<Id> ids) implements QuorumMessage {}

    /** Leader to learner: the oldest sync of this learner is done. */
    record Sync() implements QuorumMessage {}

    /** Learner to leader: a client wants to go on with a session here. */
    record Revalidate(long sessionId, int timeoutMillis) implements QuorumMessage {}

    /** Leader to learner: whether it may. */
    record Revalidated(long sessionId, boolean valid) implements QuorumMessage {}

    /** A packet of a type this version does not know; both sides ignore it. */
    record Unknown(int type) implements QuorumMessage {}
}
