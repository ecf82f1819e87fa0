package io.zookit.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a leader: fast leader election. Votes are hints that may come late, twice and in any order; nothing durable is promised
 * here. What makes a leader safe is discovery, so an election may be decided as early as it likes.
 */
final class Looking extends Role {
    /** The newest votes of those who look, and of the settled ones of this round; by sender. */
    private final Map<Long, ElectionNotification> ofRound = new TreeMap<>();

    /** What settled servers of any round said; by sender. */
    private final Map<Long, ElectionNotification> settled = new TreeMap<>();

    /** What was heard before this server could vote itself; by sender. */
    private final Map<Long, ElectionNotification> early = new TreeMap<>();

    /** Candidates that not all know do not count, until the next pause ends. */
    private boolean knownOnly;

    private Vote initial = new Vote(Membership.NOBODY, 0, 0);
    private boolean voting;
    private long beginMillis;
    private long notifyMillis = Long.MAX_VALUE;
    private int notifyPauseMillis;
    private long decideMillis = Long.MAX_VALUE;

    Looking(Core core) {
        super(core);
    }

    @Override
    PeerState state() {
        return PeerState.LOOKING;
    }

    @Override
    Phase phase() {
        return Phase.ELECTION;
    }

    @Override
    void enter() {
        core.election.connectVoters();
        beginMillis = core.nowMillis() + core.retryPauseMillis();
        beginIfReady();
    }

    @Override
    void tick() {
        if (!voting) {
            beginIfReady();
        } else if (core.nowMillis() >= decideMillis) {
            decide(core.election.vote(), core.election.round());
        } else if (core.nowMillis() >= notifyMillis) {
            notifyPauseMillis = Math.min(2 * notifyPauseMillis, core.settings.notificationMillisMax());
            notifyMillis = core.nowMillis() + notifyPauseMillis;
            core.election.connectVoters();
            reconsider();
        }
    }

    @Override
    long nextDeadlineMillis() {
        if (voting) {
            return Math.min(decideMillis, notifyMillis);
        }
        return core.log.isBusy() ? Long.MAX_VALUE : beginMillis;
    }

    @Override
    void logReplaced() {
        beginIfReady();
    }

    /** A server whose log is being cut or replaced does not know what to vote for. */
    private void beginIfReady() {
        if (!voting && !core.log.isBusy() && core.nowMillis() >= beginMillis) {
            begin();
        }
    }

    private void begin() {
        voting = true;
        core.epochs.raiseTo(core.epochOfLog());
        core.election.round(core.election.round() + 1);
        initial = ownVote();
        long designated = core.takeDesignated();
        Vote first = initial;
        if (designated != Membership.NOBODY && core.isVoter(designated) && core.isVoter(core.serverId())) {
            first = new Vote(designated, initial.zxid(), initial.peerEpoch());
        }
        notifyPauseMillis = core.settings.notificationMillisMin();
        notifyMillis = core.nowMillis() + notifyPauseMillis;
        propose(first);
        Map<Long, ElectionNotification> heard = new TreeMap<>(early);
        early.clear();
        for (Map.Entry<Long, ElectionNotification> vote : heard.entrySet()) {
            if (core.role() != this) {
                return;
            }
            voteReceived(vote.getKey(), vote.getValue());
        }
    }

    /** A voter votes for itself, an observer for nobody; a server that nobody knows yet shows its history all the same. */
    private Vote ownVote() {
        long id = core.serverId();
        if (core.abstains()) {
            return new Vote(Membership.NOBODY, Long.MIN_VALUE, Long.MIN_VALUE);
        }
        if (core.membership().isObserver(id) && !core.isVoter(id)) {
            return new Vote(Membership.NOBODY, Long.MIN_VALUE, Long.MIN_VALUE);
        }
        return new Vote(core.isVoter(id) ? id : Membership.NOBODY, core.log.lastZxid(), core.epochs.current());
    }

    /** Votes, and tells everybody. */
    private void propose(Vote vote) {
        core.election.vote(vote);
        decideMillis = Long.MAX_VALUE;
        core.election.tellVoters();
        considerVotes();
    }

    @Override
    void electionLinksChanged(long serverId, boolean up) {
        if (!voting) {
            return;
        }
        if (up && core.isVoter(serverId)) {
            core.election.tell(serverId);
        } else if (!up) {
            considerVotes();
        }
    }

    @Override
    void voteReceived(long serverId, ElectionNotification vote) {
        if (!voting) {
            early.put(serverId, vote);
            return;
        }
        if (!core.isVoter(vote.leader())) {
            joinRound(vote);
            return;
        }
        boolean hasData = vote.zxid() > 0 || vote.peerEpoch() > 0;
        if (hasData && core.yieldsTo(serverId, vote.state() == PeerState.LOOKING)) {
            initial = ownVote();
            propose(initial);
        }
        switch (vote.state()) {
            case LOOKING -> lookingVote(serverId, vote);
            case FOLLOWING, LEADING -> settledVote(serverId, vote);
            case OBSERVING -> {}
        }
    }

    /**
     * Somebody has no candidate, and may need one of ours: a voter of the next members who has not heard of them yet. He listens to
     * nobody who is in an earlier round than he is.
     */
    private void joinRound(ElectionNotification received) {
        if (received.state() == PeerState.LOOKING && received.round() > core.election.round()) {
            core.election.round(received.round());
            ofRound.clear();
            propose(initial);
        }
    }

    private void lookingVote(long serverId, ElectionNotification received) {
        Vote vote = new Vote(received.leader(), received.zxid(), received.peerEpoch());
        if (received.zxid() == -1 || received.round() < core.election.round()) {
            return;
        }
        if (received.round() > core.election.round()) {
            core.election.round(received.round());
            ofRound.clear();
            ofRound.put(serverId, received);
            propose(!core.abstains() && beats(vote, initial) ? vote : initial);
            return;
        }
        boolean better = !core.abstains() && beats(vote, core.election.vote());
        ofRound.put(serverId, received);
        if (better) {
            propose(vote);
        } else {
            considerVotes();
        }
    }

    /**
     * Voters of both memberships may lead, since quorums of both may need either of them. While only those count that all know, they win
     * also with an older history: if it is too old, discovery says so.
     */
    private boolean beats(Vote vote, Vote other) {
        if (knownOnly && isKnown(vote) != isKnown(other)) {
            return isKnown(vote);
        }
        return vote.beats(other, core.membership(), core.newestMembership());
    }

    /** Whether even those can vote so who have not heard of a reconfiguration that is under way. */
    private boolean isKnown(Vote vote) {
        return core.membership().weight(vote.leader()) > 0;
    }

    /**
     * Tells everybody once more, after a pause without a decision. A candidate that only the next members know wins if quorums of both
     * have heard of it. Where too many vote otherwise it cannot win, though it has the newest history: then all who have heard go by
     * those that everybody knows, for a pause, and after it by all again.
     */
    private void reconsider() {
        Vote vote = core.election.vote();
        boolean hopeless = core.isVoter(vote.leader()) && !isKnown(vote) && isOpposed(vote);
        if (knownOnly || hopeless) {
            knownOnly = !knownOnly;
            propose(best(vote));
        } else {
            core.election.tellVoters();
        }
    }

    /** The best of what was heard in this round. */
    private Vote best(Vote vote) {
        Vote best = beats(initial, vote) ? initial : vote;
        for (ElectionNotification received : ofRound.values()) {
            Vote other = new Vote(received.leader(), received.zxid(), received.peerEpoch());
            if (received.state() == PeerState.LOOKING && beats(other, best)) {
                best = other;
            }
        }
        return best;
    }

    /** Whether so many are known to vote otherwise that the others are not enough. */
    private boolean isOpposed(Vote vote) {
        return !core.quorum()
                .holds(id -> (agrees(id, vote) || !ofRound.containsKey(id)) && !core.election.onlyObserves(id));
    }

    /** Whether the votes are enough: at once when everybody in reach agrees, otherwise after a silence. */
    private void considerVotes() {
        Vote vote = core.election.vote();
        LongPredicate agrees = id -> agrees(id, vote);
        if (!core.isVoter(vote.leader())
                || !core.quorum().holds(id -> agrees.test(id) && !core.election.onlyObserves(id))) {
            decideMillis = Long.MAX_VALUE;
            return;
        }
        for (long voter : core.voters()) {
            if (core.election.isLinked(voter) && !agrees.test(voter)) {
                decideMillis = Math.min(decideMillis, core.nowMillis() + core.settings.electionSilenceMillis());
                return;
            }
        }
        decide(vote, core.election.round());
    }

    private boolean agrees(long serverId, Vote vote) {
        if (serverId == core.serverId()) {
            return true;
        }
        ElectionNotification received = ofRound.get(serverId);
        return received != null
                && received.leader() == vote.leader()
                && received.zxid() == vote.zxid()
                && received.peerEpoch() == vote.peerEpoch();
    }

    /**
     * Somebody has found a leader: in this round, or in one that this server was not part of. A reconfiguration that is in the log here,
     * and not known to be decided, is no reason to stay away: those who lead without it have a quorum of the members before it.
     */
    private void settledVote(long serverId, ElectionNotification received) {
        Vote vote = new Vote(received.leader(), received.zxid(), received.peerEpoch());
        if (received.round() == core.election.round()) {
            ofRound.put(serverId, received);
            if (core.committedQuorum().holds(id -> inRound(id, vote, received)) && leads(ofRound, received)) {
                decide(vote, received.round());
                return;
            }
        }
        settled.put(serverId, received);
        if (core.committedQuorum().holds(id -> sameSettled(settled.get(id), received)) && leads(settled, received)) {
            decide(vote, received.round());
        }
    }

    /** Whether a voter stands with what a settled server of this round said. This server's own vote counts as well. */
    private boolean inRound(long serverId, Vote vote, ElectionNotification received) {
        if (serverId == core.serverId()) {
            return core.election.vote().equals(vote);
        }
        ElectionNotification other = ofRound.get(serverId);
        return other != null
                && other.leader() == received.leader()
                && (other.state() != PeerState.LOOKING
                        || (other.zxid() == received.zxid() && other.peerEpoch() == received.peerEpoch()));
    }

    private static boolean sameSettled(@Nullable ElectionNotification one, ElectionNotification other) {
        if (one == null || one.leader() != other.leader()) {
            return false;
        }
        boolean oneIsOld = one.version() <= 0;
        boolean otherIsOld = other.version() <= 0;
        return oneIsOld != otherIsOld || one.peerEpoch() == other.peerEpoch();
    }

    /** Nobody is followed who does not say himself that he leads. */
    private boolean leads(Map<Long, ElectionNotification> votes, ElectionNotification received) {
        if (received.leader() == core.serverId()) {
            return received.round() == core.election.round();
        }
        ElectionNotification ofLeader = votes.get(received.leader());
        return ofLeader != null && ofLeader.state() == PeerState.LEADING;
    }

    private void decide(Vote vote, long round) {
        core.election.round(round);
        core.election.vote(vote);
        if (vote.leader() == core.serverId()) {
            core.become(new Leading(core));
        } else if (core.membership().isObserver(core.serverId()) && !core.isVoter(core.serverId())) {
            core.become(new Observing(core, vote.leader()));
        } else {
            core.become(new Following(core, vote.leader()));
        }
    }
}
