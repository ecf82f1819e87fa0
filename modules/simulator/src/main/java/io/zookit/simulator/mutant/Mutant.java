package io.zookit.simulator.mutant;

/**
 * A mistake that the world around the consensus core makes, to see whether the checkers notice. Each stands for a bug that a
 * coordination server can have; the core itself has no switches, so the mistakes are made in what it is told and in what becomes of
 * what it asks for.
 */
public enum Mutant {
    /** None. */
    NONE,

    // The disk.

    /** A transaction is reported as logged before it is synced. */
    APPENDED_WITHOUT_SYNC,
    /** The epochs are replaced by a file that was not synced. */
    EPOCHS_WITHOUT_SYNC,
    /** The epochs are replaced, and the new name is not synced. */
    EPOCHS_WITHOUT_DIRECTORY_SYNC,
    /** The epochs are saved ahead of the transactions that were to be logged before them. */
    EPOCHS_BEFORE_HISTORY,
    /** The accepted epoch is never written. */
    ACCEPTED_EPOCH_NOT_SAVED,
    /** A restarted server goes by its current epoch and forgets what it had promised. */
    ACCEPTED_EPOCH_FORGOTTEN_AT_RESTART,
    /** A new segment of the log is filled before its name is synced. */
    NEW_SEGMENT_WITHOUT_DIRECTORY_SYNC,
    /** A truncation is reported before it is durable. */
    TRUNCATION_WITHOUT_SYNC,
    /** A truncation leaves the segments after the one it cuts. */
    TRUNCATION_KEEPS_LATER_SEGMENTS,
    /** A truncation is reported and not done. */
    TRUNCATION_NOT_DONE,
    /** A truncation cuts one transaction too many. */
    TRUNCATION_CUTS_ONE_TOO_MANY,
    /** A snapshot counts as written before it is synced. */
    SNAPSHOT_WITHOUT_SYNC,
    /** A torn record at the end of the log is left there. */
    RECOVERY_LEAVES_THE_TORN_TAIL,
    /** A torn record is skipped, and what comes after it is taken as the log's continuation. */
    RECOVERY_SKIPS_A_TORN_RECORD,
    /** A damaged record in the middle of the log is taken for the torn end of it. */
    DAMAGE_TAKEN_FOR_A_TORN_TAIL,
    /** Records are read whatever their checksums say. */
    CHECKSUMS_NOT_LOOKED_AT,
    /** A failed sync is tried again, and the second success is believed. */
    FAILED_SYNC_TRIED_AGAIN,
    /** A failed write is passed over in silence. */
    FAILED_WRITE_IGNORED,
    /** A server that has lost its data, and was given a part of it, votes after a crash like one that has all of it. */
    UNSYNCED_NOT_NOTED,

    // What a leader sends and hears.

    /** A transaction is left out of a synchronisation. */
    SYNC_LEAVES_OUT_A_TRANSACTION,
    /** The snapshot sent to a learner misses what was applied last. */
    SNAPSHOT_TOO_OLD_FOR_ITS_NAME,
    /** A leader's acknowledgements are counted as soon as its proposals are sent. */
    ACKNOWLEDGED_AS_SOON_AS_SENT,
    /** A reconfiguration is committed without those who leave: the quorum of the new members is enough. */
    RECONFIGURATION_COUNTED_BY_NEW_MEMBERS,
    /** The state of a leader that a reconfiguration has removed is not told that it leads no more. */
    REMOVED_LEADER_GOES_ON,
    /** Fewer voters are counted than there are, so that a quorum is too small. */
    QUORUM_TOO_SMALL,
    /** An answer to NEWLEADER is made up before the learner has the history. */
    NEW_LEADER_ANSWERED_AT_ONCE,
    /** A learner says that its history is shorter than it is. */
    LEARNER_UNDERSTATES_ITS_HISTORY,
    /** A commit overtakes its proposal on the way. */
    COMMIT_OVERTAKES_PROPOSAL,
    /** A learner is told to serve before it has said that it has the history. */
    UP_TO_DATE_WITH_NEW_LEADER,
    /** A leader is told that its log goes on when it stands still. */
    STUCK_LOG_CALLED_ALIVE,
    /** A server that loses one election link gives up all links with learners. */
    LOST_ELECTION_LINK_ENDS_ALL,
    /** A link with a leader that is no longer followed is kept. */
    LINK_OF_FORMER_LEADER_KEPT,
    /** A learner that was cut off in the middle of a snapshot believes it was whole. */
    BROKEN_SNAPSHOT_BELIEVED,

    // The replicated state.

    /** The state is kept as it is when the log was truncated. */
    TRUNCATION_KEEPS_MEMORY,
    /** A transaction is logged with other bytes than it was proposed with, by all servers alike. */
    LOGGED_OTHERWISE_THAN_PROPOSED,
    /** Transactions are applied when they are logged, not when they are committed. */
    APPLIED_BEFORE_COMMIT,
    /** One of many transactions is not applied. */
    APPLY_SKIPS_ONE,
    /** The first half of a failed multi is kept. */
    FAILED_MULTI_HALF_DONE,
    /** Ephemerals outlive their session. */
    EPHEMERALS_OUTLIVE_THEIR_SESSION,
    /** A server that loads a snapshot lets everybody do everything. */
    ACLS_LOST_BY_SNAPSHOTS,
    /** Snapshots are taken with what is not yet committed. */
    SNAPSHOT_OF_UNCOMMITTED_STATE,

    // Clients.

    /** A write is answered when it is proposed. */
    ANSWERED_BEFORE_COMMIT,
    /** A read does not wait for the writes of the same session before it. */
    READ_OVERTAKES_WRITE,
    /** A sync is answered without asking the leader. */
    SYNC_ANSWERED_AT_ONCE,
    /** A leader answers a sync without asking whether it still leads. */
    SYNC_WITHOUT_A_QUORUM,
    /** A client may go on at a server that is behind what it has seen. */
    CLIENT_TAKEN_BACK_IN_TIME,
    /** A follower expires sessions itself, by what it alone has seen. */
    FOLLOWER_EXPIRES_SESSIONS,
    /** A new leader goes by the times at which it last heard of a session itself. */
    EXPIRY_NOT_RESTARTED_BY_NEW_LEADER,
    /** A watch fires after the reply that shows the change. */
    WATCH_AFTER_REPLY,
    /** A watch fires again after it has fired. */
    WATCH_FIRES_TWICE,
    /** Watches stay when their client's connection has gone. */
    WATCH_OUTLIVES_ITS_CONNECTION,
    /** A watch is forgotten. */
    WATCH_LOST,
    /** Versions are not looked at. */
    VERSION_IGNORED,
    /** The suffix of a sequential znode is the number of children. */
    SUFFIX_FROM_CHILD_COUNT,
}
