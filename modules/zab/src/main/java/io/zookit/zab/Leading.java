package io.zookit.zab;

import io.zookit.model.Zxid;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.LearnerInfo;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leads, or tries to.
 *
 * <pre>
 *   DISCOVERY        a quorum has introduced itself ► the epoch is chosen, made durable, and told to everybody
 *   SYNCHRONIZATION  a quorum has accepted it ► histories are made ours
 *   BROADCAST        a quorum, this server among it, has our history durably ► transactions flow
 * </pre>
 */
final class Leading extends Role {
    /** The greatest epoch a zxid can hold. */
    private static final long EPOCH_MAX = Integer.MAX_VALUE;

    private final Map<Long, Learner> learners = new LinkedHashMap<>();

    /** Voters that have introduced themselves, and those that have accepted the epoch; also if their link is gone again. */
    private final SortedSet<Long> introduced = new TreeSet<>();

    private final SortedSet<Long> acceptors = new TreeSet<>();

    /** Voters that have told that they follow somebody else, or look again. */
    private final SortedSet<Long> lost = new TreeSet<>();

    private final SyncRounds syncs = new SyncRounds();

    private Phase phase = Phase.DISCOVERY;
    private long epoch;
    private boolean epochChosen;
    private boolean served;
    private boolean full;
    private long initialEnd;
    private long lastProposed;
    private long quorumCommitted;

    /** The zxid of the reconfiguration under way, 0 for none. */
    private long reconfigurationZxid;

    private long phaseDeadlineMillis;
    private long pingMillis;
    private boolean tickHalf;
    private long ownProgressMillis;
    private long anonymousIds = -1;

    Leading(Core core) {
        super(core);
    }

    @Override
    PeerState state() {
        return PeerState.LEADING;
    }

    @Override
    Phase phase() {
        return phase;
    }

    @Override
    long leader() {
        return core.serverId();
    }

    @Override
    void enter() {
        initialEnd = core.log.lastZxid();
        quorumCommitted = initialEnd;
        epoch = core.epochs.accepted() + 1;
        long now = core.nowMillis();
        phaseDeadlineMillis = now + core.settings.initMillis();
        pingMillis = now + core.settings.tickTimeMillis() / 2;
        ownProgressMillis = now;
        core.admitEarlyLearners(this);
        if (core.role() == this) {
            chooseEpochIfEnough();
        }
    }

    @Override
    void leave() {
        learners.values()
                .forEach(learner -> core.effects.closeLink(learner.link(), "this server does not lead any more"));
        learners.clear();
    }

    // ---- learners come and go

    void learnerLinkUp(long link) {
        long deadline = core.nowMillis() + core.settings.initMillis() + core.settings.syncMillis();
        learners.put(link, new Learner(core.effects, link, deadline));
    }

    @Override
    void linkDown(long link) {
        learners.remove(link);
    }

    private void drop(Learner learner, String reason) {
        learners.remove(learner.link());
        core.effects.closeLink(learner.link(), reason);
    }

    @Override
    void received(long link, QuorumMessage message) {
        Learner learner = learners.get(link);
        if (learner == null) {
            return;
        }
        if (learner.step() == Learner.Step.CONNECTED) {
            firstMessage(learner, message);
            return;
        }
        learner.deadlineMillis(core.nowMillis() + silenceAllowed(learner));
        if (message instanceof QuorumMessage.Ack ack) {
            acknowledged(learner, ack.zxid());
        } else if (message instanceof QuorumMessage.Request request) {
            if (isServing(learner, message)) {
                core.effects.request(link, request);
            }
        } else if (message instanceof QuorumMessage.Pong pong) {
            pong(learner, pong);
        } else if (message instanceof QuorumMessage.Revalidate question) {
            if (isServing(learner, message)) {
                core.effects.revalidate(link, question.sessionId(), question.timeoutMillis());
            }
        } else if (message instanceof QuorumMessage.AckEpoch ack) {
            acceptedEpoch(learner, ack);
        } else if (!(message instanceof QuorumMessage.Unknown)) {
            drop(learner, "a learner does not send " + message.getClass().getSimpleName());
        }
    }

    private void firstMessage(Learner learner, QuorumMessage message) {
        if (message instanceof QuorumMessage.FollowerInfo info) {
            introduced(learner, info.acceptedEpoch(), info.info(), false);
        } else if (message instanceof QuorumMessage.ObserverInfo info) {
            introduced(learner, info.acceptedEpoch(), info.info(), true);
        } else {
            drop(learner, "did not introduce itself");
        }
    }

    private long silenceAllowed(Learner learner) {
        return learner.isSynced() ? core.settings.syncMillis() : core.settings.initMillis();
    }

    private boolean isServing(Learner learner, QuorumMessage message) {
        if (learner.isSynced()) {
            return true;
        }
        drop(learner, "sent " + message.getClass().getSimpleName() + " before it had the history");
        return false;
    }

    // ---- discovery

    private void introduced(Learner learner, long acceptedEpoch, LearnerInfo info, boolean observer) {
        if (info.serverId() == core.serverId()) {
            drop(learner, "says it is this server, " + info.serverId());
        } else if (info.protocolVersion() < LearnerInfo.PROTOCOL_VERSION) {
            drop(learner, "speaks a protocol from before 3.4");
        } else if (acceptedEpoch < 0 || acceptedEpoch >= EPOCH_MAX) {
            drop(learner, "has promised the epoch " + acceptedEpoch + ", after which none is left");
        } else if (info.configVersion() > core.membership().version() && core.settings.reconfigEnabled()) {
            drop(learner, "has a newer configuration than this leader: " + Long.toHexString(info.configVersion()));
        } else {
            admit(learner, acceptedEpoch, info.serverId() < 0 ? anonymousIds-- : info.serverId(), observer);
        }
    }

    private void admit(Learner learner, long acceptedEpoch, long serverId, boolean observer) {
        for (Learner other : List.copyOf(learners.values())) {
            if (other.serverId() == serverId) {
                drop(other, "the same server has dialed again");
            }
        }
        learner.introduce(serverId, observer);
        boolean voter = !observer && core.isVoter(serverId);
        if (!epochChosen) {
            epoch = Math.max(epoch, acceptedEpoch + 1);
            if (voter) {
                introduced.add(serverId);
                lost.remove(serverId);
            }
            chooseEpochIfEnough();
        } else if (voter && acceptedEpoch > epoch) {
            // It can never join this epoch: only a later one brings everybody together.
            core.lookAgain();
        } else {
            sendLeaderInfo(learner);
        }
    }

    private void chooseEpochIfEnough() {
        if (!epochChosen && core.quorum().holds(id -> id == core.serverId() || introduced.contains(id))) {
            epochChosen = true;
            core.epochs.accept(epoch);
            phaseDeadlineMillis = core.nowMillis() + core.settings.initMillis();
        }
    }

    private void sendLeaderInfo(Learner learner) {
        boolean durable = epochChosen && core.epochs.durableAccepted() >= epoch;
        if (durable && learner.step() == Learner.Step.DISCOVERY && !learner.leaderInfoSent()) {
            learner.sendLeaderInfo(new QuorumMessage.LeaderInfo(epoch, LearnerInfo.PROTOCOL_VERSION));
        }
    }

    private void acceptedEpoch(Learner learner, QuorumMessage.AckEpoch ack) {
        if (learner.step() != Learner.Step.DISCOVERY || !learner.leaderInfoSent()) {
            drop(learner, "accepted an epoch that it was not told");
            return;
        }
        if (phase == Phase.DISCOVERY && isNewerThanOurs(ack)) {
            drop(
                    learner,
                    "has a newer history than this leader: epoch " + ack.currentEpoch() + ", "
                            + Zxid.text(ack.lastZxid()));
            return;
        }
        learner.accepted(ack.lastZxid(), ack.currentEpoch());
        if (phase != Phase.DISCOVERY) {
            synchronise(learner);
        } else if (ack.currentEpoch() != -1 && core.isVoter(learner.serverId()) && !learner.isObserver()) {
            acceptors.add(learner.serverId());
            synchroniseIfEnough();
        }
    }

    private boolean isNewerThanOurs(QuorumMessage.AckEpoch ack) {
        long ours = core.epochs.current();
        return ack.currentEpoch() > ours || (ack.currentEpoch() == ours && ack.lastZxid() > initialEnd);
    }

    private void synchroniseIfEnough() {
        boolean durable = epochChosen && core.epochs.durableAccepted() >= epoch;
        if (phase != Phase.DISCOVERY
                || !durable
                || !core.quorum().holds(id -> id == core.serverId() || acceptors.contains(id))) {
            return;
        }
        phase = Phase.SYNCHRONIZATION;
        phaseDeadlineMillis = core.nowMillis() + core.settings.initMillis();
        if (core.settings.reconfigEnabled() && core.newestMembership().version() == 0) {
            core.proposedMembership(core.membership().withVersion(Zxid.of(epoch, 0)));
        }
        core.epochs.enter(epoch);
        lastProposed = Zxid.of(epoch, 0);
        for (Learner learner : List.copyOf(learners.values())) {
            if (learner.step() == Learner.Step.ACCEPTED) {
                synchronise(learner);
            }
        }
        serveIfEnough();
    }

    // ---- synchronisation

    private void synchronise(Learner learner) {
        History committed = core.log.history().upTo(quorumCommitted);
        SyncPlan plan = SyncPlan.of(
                learner.lastZxid(),
                learner.currentEpoch(),
                committed,
                core.log.recent().afterZxid(),
                // Before a quorum has the history there may be no newer snapshot, and no quorum without this learner.
                served ? core.settings.logSyncTransactionsMax() : Long.MAX_VALUE);
        if (plan.source() == SyncPlan.Source.SNAPSHOT) {
            learner.step(Learner.Step.STREAMING);
            core.effects.sendSnapshot(learner.link(), plan.fromZxid());
            return;
        }
        learner.send(
                plan.truncate() ? new QuorumMessage.Trunc(plan.fromZxid()) : new QuorumMessage.Diff(quorumCommitted));
        goOnFrom(learner, plan.fromZxid());
    }

    /** Sends what follows a zxid: from memory, then NEWLEADER; or from the log first, as much as memory has forgotten. */
    private void goOnFrom(Learner learner, long zxid) {
        RecentLog recent = core.log.recent();
        if (zxid < recent.afterZxid()) {
            if (zxid < core.log.history().afterZxid()) {
                drop(learner, "needs what follows " + Zxid.text(zxid) + ", which the log does not hold any more");
                return;
            }
            learner.step(Learner.Step.STREAMING);
            // Others may have made a quorum before this server's own disk was done; the rest is in memory.
            long through = Math.min(quorumCommitted, core.log.durableZxid());
            learner.streamedThrough(through);
            core.effects.sendLog(learner.link(), zxid, through);
            return;
        }
        for (int i = recent.indexAfter(zxid); i < recent.size(); i++) {
            long next = recent.zxid(i);
            if (next > quorumCommitted && learner.isObserver()) {
                break;
            }
            learner.send(new QuorumMessage.Proposal(next, recent.record(i)), recent.record(i).length);
            if (next <= quorumCommitted) {
                learner.send(new QuorumMessage.Commit(next));
            }
        }
        learner.send(new QuorumMessage.NewLeader(
                epoch, core.newestMembership().text().getBytes(StandardCharsets.UTF_8)));
        learner.sent(Math.max(quorumCommitted, Zxid.of(epoch, 0)));
        learner.deadlineMillis(core.nowMillis() + core.settings.initMillis());
    }

    @Override
    void snapshotSent(long link, long zxid) {
        Learner learner = learners.get(link);
        if (learner != null && learner.step() == Learner.Step.STREAMING) {
            goOnFrom(learner, zxid);
        }
    }

    @Override
    void logSent(long link) {
        Learner learner = learners.get(link);
        if (learner != null && learner.step() == Learner.Step.STREAMING) {
            goOnFrom(learner, learner.streamedThrough());
        }
    }

    private void hasHistory(Learner learner) {
        if (learner.step() != Learner.Step.SENT) {
            return;
        }
        learner.synced(core.nowMillis());
        learner.deadlineMillis(core.nowMillis() + core.settings.syncMillis());
        if (served) {
            welcome(learner);
            commitIfEnough();
        } else {
            serveIfEnough();
        }
    }

    private void welcome(Learner learner) {
        learner.send(new QuorumMessage.UpToDate());
        learner.step(Learner.Step.SERVING);
    }

    private void serveIfEnough() {
        boolean ownHistory = core.epochs.durableCurrent() >= epoch && core.log.durableZxid() >= initialEnd;
        if (served
                || phase != Phase.SYNCHRONIZATION
                || !ownHistory
                || !core.quorum().holds(this::hasHistory)) {
            return;
        }
        served = true;
        phase = Phase.BROADCAST;
        core.commit(initialEnd);
        adoptInitialMembership();
        core.serve(epoch);
        for (Learner learner : learners.values()) {
            if (learner.step() == Learner.Step.SYNCED) {
                welcome(learner);
            }
        }
    }

    private boolean hasHistory(long serverId) {
        if (serverId == core.serverId()) {
            return true;
        }
        Learner learner = learnerOf(serverId);
        return learner != null && learner.isSynced();
    }

    private @Nullable Learner learnerOf(long serverId) {
        for (Learner learner : learners.values()) {
            if (learner.serverId() == serverId && !learner.isObserver()) {
                return learner;
            }
        }
        return null;
    }

    /** A configuration that came with the history counts from here. */
    private void adoptInitialMembership() {
        Membership proposed = core.proposedMembership();
        if (proposed != null) {
            core.adopt(proposed);
        }
    }

    // ---- broadcast

    @Override
    boolean propose(long zxid, byte[] record) {
        if (!served || full || Zxid.epoch(zxid) != epoch) {
            return false;
        }
        if (zxid != lastProposed + 1) {
            throw new IllegalStateException(Zxid.text(zxid) + " is proposed after " + Zxid.text(lastProposed));
        }
        if (core.log.isDurable()) {
            ownProgressMillis = core.nowMillis();
        }
        core.log.append(zxid, record);
        QuorumMessage.Proposal proposal = new QuorumMessage.Proposal(zxid, record);
        for (Learner learner : learners.values()) {
            if (learner.isLive() && !learner.isObserver()) {
                learner.proposed(lastProposed, core.nowMillis());
                learner.send(proposal, record.length);
            }
        }
        lastProposed = zxid;
        full = Zxid.counter(zxid) >= core.settings.counterMax();
        cutOffTheSlow();
        return true;
    }

    @Override
    boolean proposeMembership(long zxid, byte[] record, Membership next) {
        if (reconfigurationZxid != 0 || !propose(zxid, record)) {
            return false;
        }
        reconfigurationZxid = zxid;
        core.proposedMembership(next.withVersion(zxid));
        return true;
    }

    private void acknowledged(Learner learner, long zxid) {
        if (zxid == Zxid.of(epoch, 0) && learner.isLive()) {
            hasHistory(learner);
        } else if (zxid > lastProposed || !learner.isLive() || learner.isObserver()) {
            drop(learner, "acknowledged " + Zxid.text(zxid) + ", which it was not sent to acknowledge");
        } else {
            learner.acked(zxid, core.nowMillis());
            if (learner.isSynced()) {
                commitIfEnough();
            }
        }
    }

    @Override
    void durableChanged() {
        ownProgressMillis = core.nowMillis();
        for (Learner learner : List.copyOf(learners.values())) {
            sendLeaderInfo(learner);
        }
        synchroniseIfEnough();
        serveIfEnough();
        commitIfEnough();
    }

    /** Commits, in order, whatever a quorum has durably. */
    private void commitIfEnough() {
        if (!served) {
            return;
        }
        long reached = newestWithQuorum(core.membership().quorum());
        Membership next = core.proposedMembership();
        if (reconfigurationZxid != 0 && reached >= reconfigurationZxid && next != null) {
            reached = Math.max(reconfigurationZxid - 1, Math.min(reached, newestWithQuorum(next.quorum())));
            reached = Math.min(reached, reconfigurationZxid);
        }
        announce(reached);
        core.commit(quorumCommitted);
        releaseSyncs();
        if (reconfigurationZxid != 0 && quorumCommitted >= reconfigurationZxid && next != null) {
            activated(next);
        } else if (full && quorumCommitted == lastProposed) {
            core.lookAgain();
        }
    }

    /** The newest zxid that a quorum has durably; each candidate is what some voter has. */
    private long newestWithQuorum(Quorum quorum) {
        long newest = quorumCommitted;
        for (long candidate : candidates()) {
            if (candidate > newest && quorum.holds(id -> durableAt(id) >= candidate)) {
                newest = candidate;
            }
        }
        return newest;
    }

    private long[] candidates() {
        long[] candidates = new long[learners.size() + 1];
        int count = 0;
        candidates[count++] = core.log.durableZxid();
        for (Learner learner : learners.values()) {
            candidates[count++] = learner.ackedZxid();
        }
        return candidates;
    }

    private long durableAt(long serverId) {
        if (serverId == core.serverId()) {
            return core.log.durableZxid();
        }
        Learner learner = learnerOf(serverId);
        return learner != null && learner.isSynced() ? learner.ackedZxid() : 0;
    }

    /** Tells learners what has been committed up to a zxid. */
    private void announce(long zxid) {
        RecentLog recent = core.log.recent();
        for (int i = recent.indexAfter(quorumCommitted); i < recent.size() && recent.zxid(i) <= zxid; i++) {
            long next = recent.zxid(i);
            byte[] record = recent.record(i);
            QuorumMessage commit = next == reconfigurationZxid
                    ? new QuorumMessage.CommitAndActivate(next, designatedLeader())
                    : new QuorumMessage.Commit(next);
            QuorumMessage inform = next == reconfigurationZxid
                    ? new QuorumMessage.InformAndActivate(next, designatedLeader(), record)
                    : new QuorumMessage.Inform(next, record);
            for (Learner learner : learners.values()) {
                if (learner.isLive() && learner.isObserver()) {
                    learner.send(inform, record.length);
                } else if (learner.isLive()) {
                    learner.send(commit);
                }
            }
            quorumCommitted = next;
        }
    }

    // ---- reconfiguration

    /** Who leads the next membership: this server if it may stay, otherwise whoever has acknowledged most. */
    private long designatedLeader() {
        Membership next = core.newestMembership();
        Member self = next.member(core.serverId());
        Member before = core.membership().member(core.serverId());
        if (self != null && self.voter() && before != null && self.addresses().equals(before.addresses())) {
            return core.serverId();
        }
        long best = core.serverId();
        long bestAcked = -1;
        for (Learner learner : learners.values()) {
            if (next.isVoter(learner.serverId()) && learner.ackedZxid() > bestAcked) {
                best = learner.serverId();
                bestAcked = learner.ackedZxid();
            }
        }
        return best;
    }

    private void activated(Membership next) {
        boolean stays = designatedLeader() == core.serverId();
        reconfigurationZxid = 0;
        core.adopt(next);
        if (stays) {
            commitIfEnough();
        } else {
            core.lookAgain();
        }
    }

    // ---- syncs

    @Override
    void sync() {
        syncFor(SyncRounds.LOCAL);
    }

    @Override
    void syncFor(long link) {
        if (served) {
            if (syncs.add(link, core.log.lastZxid())) {
                beginRound();
            }
            releaseSyncs();
        }
    }

    private void beginRound() {
        syncs.begin();
        learners.values().forEach(Learner::leaveRound);
        joinRound();
        endRoundIfEnough();
    }

    /** Learners that serve by now, and have no part in the open round yet, get one. */
    private void joinRound() {
        for (Learner learner : learners.values()) {
            if (learner.step() == Learner.Step.SERVING && !learner.isObserver() && !learner.isInRound()) {
                learner.joinRound();
                learner.ping(lastProposed);
            }
        }
    }

    private void endRoundIfEnough() {
        while (syncs.isRoundOpen() && core.quorum().holds(this::hasAnsweredRound)) {
            if (syncs.answered()) {
                syncs.begin();
                learners.values().forEach(Learner::leaveRound);
                joinRound();
            }
        }
    }

    private boolean hasAnsweredRound(long serverId) {
        if (serverId == core.serverId()) {
            return true;
        }
        Learner learner = learnerOf(serverId);
        return learner != null && learner.hasAnsweredRound();
    }

    private void releaseSyncs() {
        while (syncs.isReady(core.committedZxid())) {
            long link = syncs.remove();
            if (link == SyncRounds.LOCAL) {
                core.effects.synced();
                continue;
            }
            Learner learner = learners.get(link);
            if (learner != null) {
                learner.send(new QuorumMessage.Sync());
            }
        }
    }

    private void pong(Learner learner, QuorumMessage.Pong pong) {
        if (!learner.answered()) {
            drop(learner, "answered a ping that was not sent");
            return;
        }
        if (!pong.sessions().isEmpty()) {
            core.effects.touched(learner.link(), pong.sessions());
        }
        endRoundIfEnough();
        releaseSyncs();
    }

    @Override
    void revalidated(long link, long sessionId, boolean valid) {
        Learner learner = learners.get(link);
        if (learner != null) {
            learner.send(new QuorumMessage.Revalidated(sessionId, valid));
        }
    }

    // ---- time

    @Override
    void tick() {
        long now = core.nowMillis();
        if (!served && now >= phaseDeadlineMillis) {
            core.lookAgain();
            return;
        }
        for (Learner learner : List.copyOf(learners.values())) {
            if (now >= learner.deadlineMillis()) {
                drop(learner, "was silent for too long");
            }
        }
        if (now >= pingMillis) {
            pingMillis = now + core.settings.tickTimeMillis() / 2;
            tickHalf = !tickHalf;
            ping(now);
            if (served && tickHalf) {
                leadOnlyWithAQuorum(now);
            }
        }
    }

    @Override
    long nextDeadlineMillis() {
        long next = served ? pingMillis : Math.min(pingMillis, phaseDeadlineMillis);
        for (Learner learner : learners.values()) {
            next = Math.min(next, learner.deadlineMillis());
        }
        return next;
    }

    private void ping(long now) {
        long slowest = now - core.settings.syncMillis();
        for (Learner learner : List.copyOf(learners.values())) {
            boolean behind = !learner.isObserver() && learner.ackedZxid() < lastProposed;
            if (learner.step() == Learner.Step.SERVING && behind && learner.progressMillis() < slowest) {
                drop(learner, "has acknowledged nothing for too long");
            } else if (learner.isSynced()) {
                learner.ping(lastProposed);
            }
        }
        if (syncs.isRoundOpen()) {
            joinRound();
        }
    }

    private void leadOnlyWithAQuorum(long now) {
        boolean stuck = !core.log.isDurable() && ownProgressMillis < now - core.settings.syncMillis();
        if (stuck || !core.quorum().holds(this::hasHistory)) {
            core.lookAgain();
        }
    }

    /** Cuts off whoever has too much on the way; one that has a quarter of it is asked for a sign first. */
    private void cutOffTheSlow() {
        long most = core.settings.linkBytesMax();
        List<Learner> slow = new ArrayList<>(0);
        for (Learner learner : learners.values()) {
            if (learner.isLive() && learner.unconfirmedBytes() > most) {
                slow.add(learner);
            } else if (learner.step() == Learner.Step.SERVING
                    && learner.unconfirmedBytes() > most / 4
                    && !learner.hasOpenPing()) {
                learner.ping(lastProposed);
            }
        }
        slow.forEach(
                learner -> drop(learner, "does not keep up: " + learner.unconfirmedBytes() + " bytes are on the way"));
    }

    // ---- votes

    /** Without enough voters that are still with it a candidate need not wait for its time limit. */
    @Override
    void voteReceived(long serverId, ElectionNotification vote) {
        if (served) {
            return;
        }
        boolean looks = vote.state() == PeerState.LOOKING;
        long round = core.election.round();
        boolean follows = vote.leader() == core.serverId() && (!looks || vote.round() <= round);
        if (follows || (looks && vote.round() < round)) {
            lost.remove(serverId);
        } else {
            lost.add(serverId);
        }
        Set<Long> gone = lost;
        if (!core.quorum().holds(id -> id == core.serverId() || learnerOf(id) != null || !gone.contains(id))) {
            core.lookAgain();
        }
    }
}
