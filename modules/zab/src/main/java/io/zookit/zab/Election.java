package io.zookit.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * This server's standing vote and whom it can tell. It outlives the roles: a settled server still answers those who look for a
 * leader (fast leader election, as every server of an ensemble must play it).
 */
final class Election {
    /** The most servers without a vote whose questions are remembered. */
    private static final int ASKED_MAX = 256;

    private record Asked(PeerState state, long round, long zxid, long peerEpoch, long millis) {}

    private final Core core;
    private final SortedSet<Long> linked = new TreeSet<>();

    /** What was asked last, by servers without a vote. */
    private final Map<Long, Asked> asked = new LinkedHashMap<>();

    /** Servers that observe whomever they follow, as far as they have shown. */
    private final SortedSet<Long> observing = new TreeSet<>();

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

    /** What a vote says of the sender: without a candidate it is no voter, as far as it knows; one that can be elected is. */
    void heard(long serverId, ElectionNotification received) {
        boolean looks = received.state() == PeerState.LOOKING;
        if (received.state() == PeerState.OBSERVING || (looks && received.leader() == Membership.NOBODY)) {
            observes(serverId, true);
        } else if (received.leader() == serverId || !looks) {
            observes(serverId, false);
        }
    }

    /** A server has shown that it observes, or that it follows. */
    void observes(long serverId, boolean observes) {
        if (!observes) {
            observing.remove(serverId);
        } else if (core.isVoter(serverId)) {
            observing.add(serverId);
        }
    }

    /**
     * Whether a server is of no use to a leader before it has the leader's history: an observer that is to be a voter, and has not heard
     * so. Its vote may be for the right one, but it will observe.
     */
    boolean onlyObserves(long serverId) {
        return core.membership().isObserver(serverId) && observing.contains(serverId);
    }

    void tell(long serverId) {
        PeerState state = core.role().state();
        core.effects.sendVote(
                serverId,
                new ElectionNotification(state, vote.leader(), vote.zxid(), round, vote.peerEpoch(), config()));
    }

    /**
     * Whether a server without a vote gets an answer. The same question again, before anybody in earnest would repeat it, does not:
     * two servers that each take the other for a stranger would otherwise never stop.
     */
    boolean mayAnswer(long serverId, ElectionNotification vote) {
        long now = core.nowMillis();
        Asked last = asked.remove(serverId);
        Asked question = new Asked(vote.state(), vote.round(), vote.zxid(), vote.peerEpoch(), now);
        boolean repeated = last != null
                && last.equals(new Asked(vote.state(), vote.round(), vote.zxid(), vote.peerEpoch(), last.millis()))
                && now - last.millis() < core.settings.notificationMillisMin() / 2;
        asked.put(serverId, repeated ? last : question);
        if (asked.size() > ASKED_MAX) {
            asked.remove(asked.keySet().iterator().next());
        }
        return !repeated;
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
