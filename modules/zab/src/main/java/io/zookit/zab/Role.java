package io.zookit.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import java.util.Collections;
import java.util.SortedSet;

/**
 * What a node is at the moment. A role object lives as long as the role: whatever belongs to it goes with it.
 *
 * <pre>
 *   Looking    a quorum votes for one  ► Leading, Following or Observing
 *   Following  the leader is lost      ► Looking
 *   Observing  the leader is lost      ► Looking
 *   Leading    the quorum is lost, the epoch is full, or a voter promised a later epoch ► Looking
 * </pre>
 *
 * Every transition goes through {@link Core#become}. Events that mean nothing to a role do nothing.
 */
abstract class Role {
    final Core core;

    Role(Core core) {
        this.core = core;
    }

    abstract PeerState state();

    abstract Phase phase();

    long leader() {
        return Membership.NOBODY;
    }

    LearnerCounts learnerCounts() {
        return LearnerCounts.NONE;
    }

    /** The role begins. */
    abstract void enter();

    /** The role has ended; nothing of it is called again. */
    void leave() {}

    abstract void tick();

    abstract long nextDeadlineMillis();

    /** An election link came up or went down. */
    void electionLinksChanged(long serverId, boolean up) {}

    /** A voter voted, or told where it stands. */
    void voteReceived(long serverId, ElectionNotification vote) {}

    void leaderLinkUp(long link) {}

    void linkDown(long link) {}

    void received(long link, QuorumMessage message) {}

    /** More of the log is durable, or epochs are. */
    void durableChanged() {}

    /** The log was cut and the state reloaded, a snapshot was installed, or one was abandoned. */
    void logReplaced() {}

    /** Other members, known to be decided, than those this server goes by. */
    void decided(Membership members) {
        core.adopt(members);
    }

    void snapshotSent(long link, long zxid) {}

    void logSent(long link) {}

    boolean propose(long zxid, byte[] record) {
        return false;
    }

    /** The servers that have this leader's history, itself among them; nobody while it does not lead. */
    SortedSet<Long> synced() {
        return Collections.emptySortedSet();
    }

    void sync() {}

    void syncFor(long link) {}

    void forward(QuorumMessage.Request request) {}

    void revalidate(long sessionId, int timeoutMillis) {}

    void revalidated(long link, long sessionId, boolean valid) {}

    void touched(long sessionId, int timeoutMillis) {}
}
