package io.zookit.simulator.check;

import io.zookit.wire.PeerState;

/**
 * What a server holds on to.
 *
 * @param role of its core
 * @param leaderLinks links with a leader
 * @param learnerLinks links that learners have dialed
 * @param electionLinks links with other servers' election ports
 * @param sessions sessions of clients that are connected
 * @param waiting clients that wait for a session, or for a sync
 * @param watches watches of clients
 */
public record Holdings(
        PeerState role,
        int leaderLinks,
        int learnerLinks,
        int electionLinks,
        int sessions,
        int waiting,
        long watches) {}
