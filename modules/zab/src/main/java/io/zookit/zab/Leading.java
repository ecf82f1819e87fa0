package io.zookit.zab;

import io.zookit.model.Zxid;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.LearnerInfo;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Leads, or tries to.
 *
 * <pre>
 *   DISCOVERY        a quorum has introduced itself ► the epoch is chosen, made durable, and told to everybody
 *   SYNCHRONIZATION  a quorum has accepted it ► histories are made ours       ({@link Synchronisation})
 *   BROADCAST        a quorum, this server among it, has our history durably ► transactions flow ({@link Broadcast})
 * </pre>
 */
final class Leading extends Role {
    /** The greatest epoch a zxid can hold. */
    private static final long EPOCH_MAX = Integer.MAX_VALUE;

    private final Learners learners;
    private final Broadcast broadcast;
    private final Synchronisation synchronisation;
    private final SyncRounds syncs;

    /** Voters that have introduced themselves; also if their link is gone again. */
    private final SortedSet<Long> introduced = new TreeSet<>();

    private final Acceptance acceptance;

    /** Voters that are ahead of this server, or have told that they follow somebody else, or look again. */
    private final SortedSet<Long> lost = new TreeSet<>();

    /** The history this leader begins with. */
    private final long initialEnd;

    private Phase phase = Phase.DISCOVERY;
    private long epoch;
    private boolean epochChosen;
    private long phaseDeadlineMillis;
    private long pingMillis;
    private boolean wholeTick;
    private long anonymousIds = -1;

    Leading(Core core) {
        super(core);
        initialEnd = core.log.lastZxid();
        acceptance = new Acceptance(core, initialEnd);
        learners = new Learners(core);
        broadcast = new Broadcast(core, learners);
        synchronisation = new Synchronisation(core, learners, broadcast);
        syncs = new SyncRounds(core, learners, broadcast);
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
    LearnerCounts learnerCounts() {
        int voters = 0;
        int others = 0;
        int observers = 0;
        for (Learner learner : learners.all()) {
            boolean synced = learner.isSynced();
            if (synced && learner.isObserver()) {
                observers++;
            } else if (synced && core.isVoter(learner.serverId())) {
                voters++;
            } else if (synced) {
                others++;
            }
        }
        return new LearnerCounts(learners.size(), voters, others, observers, syncs.size());
    }

    private boolean serves() {
        return phase == Phase.BROADCAST;
    }

    @Override
    void enter() {
        epoch = core.epochs.accepted() + 1;
        phaseDeadlineMillis = core.nowMillis() + core.settings.initMillis();
        pingMillis = core.nowMillis() + core.settings.tickTimeMillis() / 2;
        core.admitEarlyLearners(this);
        chooseEpochIfEnough();
    }

    @Override
    void leave() {
        learners.dropAll("this server does not lead any more");
    }

    // ---- learners come, speak and go

    void learnerLinkUp(long link) {
        learners.add(link);
    }

    @Override
    void linkDown(long link) {
        learners.remove(link);
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
        } else if (message instanceof QuorumMessage.AckEpoch ack) {
            acceptedEpoch(learner, ack);
        } else if (message instanceof QuorumMessage.Unknown) {
            return;
        } else if (!learner.isSynced()) {
            learners.drop(learner, "sent " + message.getClass().getSimpleName() + " before it had the history");
        } else {
            service(learner, message);
        }
    }

    private void service(Learner learner, QuorumMessage message) {
        if (message instanceof QuorumMessage.Request request) {
            core.effects.request(learner.link(), request);
        } else if (message instanceof QuorumMessage.Pong pong) {
            pong(learner, pong);
        } else if (message instanceof QuorumMessage.Revalidate question) {
            core.effects.revalidate(learner.link(), question.sessionId(), question.timeoutMillis());
        } else {
            learners.drop(
                    learner, "a learner does not send " + message.getClass().getSimpleName());
        }
    }

    private long silenceAllowed(Learner learner) {
        return learner.isSynced() ? core.settings.syncMillis() : core.settings.initMillis();
    }

    // ---- discovery

    private void firstMessage(Learner learner, QuorumMessage message) {
        if (message instanceof QuorumMessage.FollowerInfo info) {
            introduced(learner, info.acceptedEpoch(), info.info(), false);
        } else if (message instanceof QuorumMessage.ObserverInfo info) {
            introduced(learner, info.acceptedEpoch(), info.info(), true);
        } else {
            learners.drop(learner, "did not introduce itself");
        }
    }

    private void introduced(Learner learner, long acceptedEpoch, LearnerInfo info, boolean observer) {
        if (info.serverId() == core.serverId()) {
            learners.drop(learner, "says it is this server, " + info.serverId());
        } else if (info.protocolVersion() < LearnerInfo.PROTOCOL_VERSION) {
            learners.drop(learner, "speaks a protocol from before 3.4");
        } else if (acceptedEpoch < 0 || acceptedEpoch >= EPOCH_MAX) {
            learners.drop(learner, "has promised the epoch " + acceptedEpoch + ", after which none is left");
        } else if (info.configVersion() > core.membership().version() && core.settings.reconfigEnabled()) {
            learners.drop(learner, "has a newer configuration than this leader: " + Zxid.text(info.configVersion()));
        } else {
            admit(learner, acceptedEpoch, info.serverId() < 0 ? anonymousIds-- : info.serverId(), observer);
        }
    }

    private void admit(Learner learner, long acceptedEpoch, long serverId, boolean observer) {
        learners.dropOlderOf(serverId);
        learner.introduce(serverId, observer);
        core.election.observes(serverId, observer);
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

    private boolean epochIsPromised() {
        return epochChosen && core.epochs.durableAccepted() >= epoch;
    }

    private void sendLeaderInfo(Learner learner) {
        if (epochIsPromised() && learner.step() == Learner.Step.DISCOVERY && !learner.leaderInfoSent()) {
            learner.sendLeaderInfo(new QuorumMessage.LeaderInfo(epoch, LearnerInfo.PROTOCOL_VERSION));
        }
    }

    private void acceptedEpoch(Learner learner, QuorumMessage.AckEpoch ack) {
        if (learner.step() != Learner.Step.DISCOVERY || !learner.leaderInfoSent()) {
            learners.drop(learner, "accepted an epoch that it was not told");
        } else if (phase != Phase.DISCOVERY) {
            learner.accepted(ack.lastZxid(), ack.currentEpoch());
            synchronisation.begin(learner);
        } else {
            learner.accepted(ack.lastZxid(), ack.currentEpoch());
            if (!acceptance.add(learner, ack)) {
                dropNewer(learner);
            }
            for (Learner other : learners.copy()) {
                if (core.role() == this && other.step() == Learner.Step.ACCEPTED && acceptance.isOvertakenBy(other)) {
                    dropNewer(other);
                }
            }
            if (core.role() == this) {
                synchroniseIfEnough();
            }
        }
    }

    private void dropNewer(Learner learner) {
        learners.drop(
                learner,
                "has a newer history than this leader: epoch " + learner.currentEpoch() + ", "
                        + Zxid.text(learner.lastZxid()));
        lost.add(learner.serverId());
        giveUpUnlessEnough(id -> !lost.contains(id) && !core.election.onlyObserves(id));
    }

    // ---- synchronisation

    private void synchroniseIfEnough() {
        if (phase != Phase.DISCOVERY || !epochIsPromised() || !acceptance.isEnough()) {
            return;
        }
        phase = Phase.SYNCHRONIZATION;
        phaseDeadlineMillis = core.nowMillis() + core.settings.initMillis();
        long proposed = core.newestMembership().version();
        if (proposed > initialEnd
                && Zxid.counter(proposed) != 0
                && proposed != core.membership().version()) {
            // It is not in the history that counts, and so was never decided.
            core.forgetProposed();
        }
        if (core.settings.reconfigEnabled() && core.newestMembership().version() == 0) {
            core.proposedMembership(core.membership().withVersion(Zxid.of(epoch, 0)));
        }
        core.epochs.enter(epoch);
        broadcast.choose(epoch);
        for (Learner learner : learners.copy()) {
            if (learner.step() == Learner.Step.ACCEPTED) {
                synchronisation.begin(learner);
            }
        }
        serveIfEnough();
    }

    @Override
    void snapshotSent(long link, long zxid) {
        Learner learner = learners.get(link);
        if (learner != null && learner.step() == Learner.Step.STREAMING) {
            synchronisation.goOn(learner, zxid);
        }
    }

    @Override
    void logSent(long link) {
        Learner learner = learners.get(link);
        if (learner != null && learner.step() == Learner.Step.STREAMING) {
            synchronisation.goOn(learner, learner.streamedThrough());
        }
    }

    private void acknowledged(Learner learner, long zxid) {
        if (zxid == Zxid.of(epoch, 0) && learner.isLive()) {
            hasHistory(learner);
        } else {
            broadcast.acknowledged(learner, zxid);
            releaseSyncs();
        }
    }

    private void hasHistory(Learner learner) {
        if (learner.step() != Learner.Step.SENT) {
            return;
        }
        learner.synced(core.nowMillis());
        core.standingChanged();
        learner.deadlineMillis(core.nowMillis() + core.settings.syncMillis());
        if (serves()) {
            welcome(learner);
            broadcast.commitIfEnough();
            releaseSyncs();
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
        if (phase != Phase.SYNCHRONIZATION || !ownHistory || !core.quorum().holds(learners::hasHistory)) {
            return;
        }
        phase = Phase.BROADCAST;
        core.standingChanged();
        broadcast.begin();
        core.commit(initialEnd);
        // A configuration that came with the history counts from here.
        core.adopt(core.newestMembership());
        core.serve(epoch);
        for (Learner learner : learners.all()) {
            if (learner.step() == Learner.Step.SYNCED) {
                welcome(learner);
            }
        }
        if (!core.isVoter(core.serverId())) {
            // The history has ended with a reconfiguration that this server has no say after.
            core.lookAgain();
        }
    }

    // ---- broadcast and service

    @Override
    boolean propose(long zxid, byte[] record) {
        return broadcast.propose(zxid, record);
    }

    @Override
    SortedSet<Long> synced() {
        SortedSet<Long> synced = new TreeSet<>();
        if (serves()) {
            synced.add(core.serverId());
            learners.addSynced(synced);
        }
        return synced;
    }

    @Override
    void durableChanged() {
        broadcast.ownLogAdvanced();
        for (Learner learner : learners.copy()) {
            sendLeaderInfo(learner);
        }
        synchroniseIfEnough();
        serveIfEnough();
        broadcast.commitIfEnough();
        releaseSyncs();
    }

    @Override
    void sync() {
        syncFor(SyncRounds.LOCAL);
    }

    @Override
    void syncFor(long link) {
        if (serves()) {
            syncs.add(link);
        }
    }

    /** Not if a commit has just ended the role: what waits then is dropped. */
    private void releaseSyncs() {
        if (core.role() == this) {
            syncs.release();
        }
    }

    private void pong(Learner learner, QuorumMessage.Pong pong) {
        if (!learner.answered()) {
            learners.drop(learner, "answered a ping that was not sent");
            return;
        }
        if (!pong.sessions().isEmpty()) {
            core.effects.touched(learner.link(), pong.sessions());
        }
        syncs.endIfEnough();
        syncs.release();
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
        if (!serves() && core.nowMillis() >= phaseDeadlineMillis) {
            core.lookAgain();
            return;
        }
        learners.dropSilent();
        if (core.nowMillis() >= pingMillis) {
            pingMillis = core.nowMillis() + core.settings.tickTimeMillis() / 2;
            wholeTick = !wholeTick;
            learners.ping(broadcast.lastProposed());
            syncs.join();
            boolean quorate = !serves() || core.quorum().holds(learners::hasHistory);
            if (wholeTick && (!quorate || broadcast.isStuck())) {
                core.lookAgain();
            }
        }
    }

    @Override
    long nextDeadlineMillis() {
        long phaseEnd = serves() ? Long.MAX_VALUE : phaseDeadlineMillis;
        return Math.min(Math.min(pingMillis, phaseEnd), learners.nextDeadlineMillis());
    }

    // ---- votes

    /** Without enough voters that are still with it a candidate need not wait for its time limit. */
    @Override
    void voteReceived(long serverId, ElectionNotification vote) {
        if (serves()) {
            return;
        }
        boolean looks = vote.state() == PeerState.LOOKING;
        long round = core.election.round();
        boolean withUs = vote.leader() == core.serverId() && (!looks || vote.round() <= round);
        if (withUs || (looks && vote.round() < round)) {
            lost.remove(serverId);
        } else {
            lost.add(serverId);
        }
        giveUpUnlessEnough(id -> !lost.contains(id));
    }

    /** Whether those that are here, and those that may come, are still a quorum. */
    private void giveUpUnlessEnough(LongPredicate mayCome) {
        if (!core.quorum().holds(id -> id == core.serverId() || learners.ofVoter(id) != null || mayCome.test(id))) {
            core.lookAgain();
        }
    }
}
