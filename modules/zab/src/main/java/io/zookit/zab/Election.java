package io.zookit.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * This server's standing vote and whom it can tell. It outlives the roles: a settled server still answers those who look for a
 * leader (fast leader election, as every server of an ensemble must play it).
 */
final class Election {
    private final Core core;
    private final SortedSet<Long> linked = new TreeSet<>();
    private long round;
    private Vote vote = new Vote(Membership.NOBODY, 0, 0);

    /** The configuration as it is sent with every vote; rebuilt when the membership is another one. */
    private byte[] config = {};

    private Membership configOf;

    Election(Core core, Membership membership) {
        this.core = core;
        this.configOf = membership;
        this.config = membership.text().getBytes(StandardCharsets.UTF_8);
    }

    long round() {
        return round;
    }

    void round(long round) {
        this.round = round;
    }

    Vote vote() {
        return vote;
    }

    void vote(Vote vote) {
        this.vote = vote;
    }

    /** The epoch is established: from here the answers to those who look for a leader name it. */
    void established(long epoch) {
        vote = new Vote(vote.leader(), vote.zxid(), epoch);
    }

    boolean isLinked(long serverId) {
        return linked.contains(serverId);
    }

    void linkUp(long serverId) {
        linked.add(serverId);
    }

    void linkDown(long serverId) {
        linked.remove(serverId);
    }

    void tell(long serverId) {
        PeerState state = core.role().state();
        core.effects.sendVote(
                serverId,
                new ElectionNotification(state, vote.leader(), vote.zxid(), round, vote.peerEpoch(), config()));
    }

    /** Tells every other voter that has a link. */
    void tellVoters() {
        for (long voter : core.voters()) {
            if (voter != core.settings.serverId() && linked.contains(voter)) {
                tell(voter);
            }
        }
    }

    void connectVoters() {
        for (long voter : core.voters()) {
            if (voter != core.settings.serverId() && !linked.contains(voter)) {
                core.effects.connectElection(voter);
            }
        }
    }

    private byte[] config() {
        Membership membership = core.membership();
        if (configOf != membership) {
            configOf = membership;
            config = membership.text().getBytes(StandardCharsets.UTF_8);
        }
        return config;
    }
}
