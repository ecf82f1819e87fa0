package io.zookit.zab;

import io.zookit.model.Zxid;
import io.zookit.wire.LearnerInfo;
import io.zookit.wire.QuorumMessage;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What followers and observers have in common: finding the leader, taking over its history, and hearing what counts.
 *
 * <pre>
 *   CONNECTING ─► DISCOVERY ─► CHOSEN ─► HISTORY ─► COMPLETE ─► READY ─► SERVING
 *              FOLLOWERINFO  LEADERINFO  DIFF/TRUNC  NEWLEADER   ACK     UPTODATE
 *                            ACKEPOCH    /SNAP
 * </pre>
 *
 * Durable before it is said: the promise of the epoch, and the {@link SyncMark} of one that has begun with nothing, before ACKEPOCH;
 * the whole history, then the epoch, before ACK.
 */
abstract class Learning extends Role {
    /** The most messages that may wait while the log is cut. */
    private static final int WAITING_MAX = 1 << 20;

    private static final String ANOTHER_ROLE = "the reconfiguration gives this server another role";

    /** How far the conversation with the leader is. */
    enum Step {
        CONNECTING,
        DISCOVERY,
        CHOSEN,
        HISTORY,
        COMPLETE,
        READY,
        SERVING
    }

    private final long leader;
    private final LeaderLink link;
    private final LearnerService service;
    private final TakenHistory history;
    private final HeardMembers members;

    /** What came while the log was being cut. */
    private final ArrayDeque<QuorumMessage> waiting = new ArrayDeque<>();

    private Step step = Step.CONNECTING;
    private long epoch;
    private boolean promisedBefore;
    private long historyEnd;
    private long committedBeforeServing;
    private String leaveReason = "this server does not follow any more";
    private @Nullable Departure departure;

    /**
     * A reconfiguration ends this role, as soon as it is done here and no sooner: whoever has asked for it through this server is
     * answered before the server stops serving.
     */
    private record Departure(long zxid, String reason, long nextLeader) {}

    Learning(Core core, long leader) {
        super(core);
        this.leader = leader;
        this.link = new LeaderLink(core, leader);
        this.service = new LearnerService(core, link);
        this.history = new TakenHistory(core);
        this.members = new HeardMembers(core);
    }

    @Override
    final Phase phase() {
        return switch (step) {
            case CONNECTING, DISCOVERY, CHOSEN -> Phase.DISCOVERY;
            case HISTORY, COMPLETE, READY -> Phase.SYNCHRONIZATION;
            case SERVING -> Phase.BROADCAST;
        };
    }

    @Override
    final long leader() {
        return leader;
    }

    final Step step() {
        return step;
    }

    /** What the leader had committed when this server began to serve. */
    final long committedBeforeServing() {
        return committedBeforeServing;
    }

    final void send(QuorumMessage message) {
        link.send(message);
    }

    /** How this learner introduces itself. */
    abstract QuorumMessage introduction(long acceptedEpoch, LearnerInfo info);

    /** A transaction of the leader was appended, or is the last one once more. */
    abstract void appended(long zxid);

    // ---- time and links

    @Override
    void enter() {
        link.dial();
    }

    @Override
    void leave() {
        link.close(leaveReason);
        Membership decided = members.decidedAnyway();
        if (decided != null) {
            core.adopt(decided);
        }
    }

    @Override
    void tick() {
        if (link.isToBeDialed()) {
            link.dial();
        } else if (link.isOverdue()) {
            refuse("the leader was silent for too long");
        }
    }

    @Override
    long nextDeadlineMillis() {
        return link.nextDeadlineMillis();
    }

    private void heard() {
        boolean settled = step == Step.READY || step == Step.SERVING;
        link.expectWord(settled ? core.settings.syncMillis() : core.settings.initMillis());
    }

    @Override
    void leaderLinkUp(long up) {
        if (link.is(up) && !link.isUp()) {
            link.up();
            step = Step.DISCOVERY;
            long configVersion = core.membership().version();
            send(introduction(
                    core.epochs.accepted(),
                    new LearnerInfo(core.serverId(), LearnerInfo.PROTOCOL_VERSION, configVersion)));
        }
    }

    @Override
    void linkDown(long down) {
        if (link.is(down) && !link.mayDialAgain()) {
            core.lookAgain();
        }
    }

    /** The leader has done what no leader does, or asks for what cannot be done. */
    final void refuse(String reason) {
        leaveReason = reason;
        core.lookAgain();
    }

    // ---- messages

    @Override
    void received(long from, QuorumMessage message) {
        if (!link.is(from) || !link.isUp()) {
            return;
        }
        heard();
        if (core.log.isBusy()) {
            if (waiting.size() < WAITING_MAX) {
                waiting.add(message);
            } else {
                refuse("the leader sends more than fits while the log is cut");
            }
            return;
        }
        handle(message);
    }

    private void handle(QuorumMessage message) {
        if (message instanceof QuorumMessage.Proposal proposal) {
            take(proposal.zxid(), proposal.txn());
        } else if (message instanceof QuorumMessage.Commit commit) {
            hearCommit(commit.zxid());
        } else if (message instanceof QuorumMessage.Inform inform) {
            if (take(inform.zxid(), inform.txn())) {
                hearCommit(inform.zxid());
            }
        } else if (message instanceof QuorumMessage.Ping ping) {
            if (step == Step.SERVING) {
                service.answerPing(ping.zxid());
            }
        } else if (message instanceof QuorumMessage.Sync) {
            service.syncAnswered(history.committedZxid());
        } else if (message instanceof QuorumMessage.Revalidated answer) {
            core.effects.revalidated(answer.sessionId(), answer.valid());
        } else if (message instanceof QuorumMessage.CommitAndActivate activate) {
            activate(activate.zxid(), activate.designatedLeader());
        } else if (message instanceof QuorumMessage.InformAndActivate activate) {
            if (take(activate.zxid(), activate.txn())) {
                activate(activate.zxid(), activate.designatedLeader());
            }
        } else {
            handshake(message);
        }
    }

    private void handshake(QuorumMessage message) {
        if (message instanceof QuorumMessage.LeaderInfo info) {
            leaderInfo(info);
        } else if (message instanceof QuorumMessage.Diff) {
            begin("DIFF", history::diff);
        } else if (message instanceof QuorumMessage.Trunc trunc) {
            begin("TRUNC", () -> history.trunc(trunc.zxid()));
        } else if (message instanceof QuorumMessage.Snap snap) {
            begin("SNAP", () -> history.snap(link.link(), snap.zxid()));
        } else if (message instanceof QuorumMessage.NewLeader newLeader) {
            newLeader(newLeader);
        } else if (message instanceof QuorumMessage.UpToDate) {
            upToDate();
        } else if (!(message instanceof QuorumMessage.Unknown)) {
            refuse("a leader does not send " + message.getClass().getSimpleName());
        }
    }

    // ---- discovery

    private void leaderInfo(QuorumMessage.LeaderInfo info) {
        if (step != Step.DISCOVERY) {
            refuse("LEADERINFO came twice");
        } else if (info.epoch() < core.epochs.accepted()) {
            refuse("the leader's epoch " + info.epoch() + " is before the promised one, " + core.epochs.accepted());
        } else {
            step = Step.CHOSEN;
            epoch = info.epoch();
            promisedBefore = epoch == core.epochs.accepted();
            if (!promisedBefore) {
                core.epochs.accept(epoch);
            }
            if (core.abstains()) {
                core.syncMark.make();
            }
            acceptIfDurable();
        }
    }

    /**
     * Whoever has lost what he knew must not be one of those whose histories the leader chooses from, nor of those whose promises it
     * relies on: he is no witness. So he says what one says who has promised before, and does not count. So does one who has a history
     * and hides it because he needs a snapshot: from a quorum's leader, who can take one that is new enough.
     */
    private void acceptIfDurable() {
        boolean marked = !core.abstains() || core.syncMark.isDurable();
        if (step == Step.CHOSEN && marked && core.epochs.durableAccepted() >= epoch) {
            step = Step.HISTORY;
            long last = history.ownEnd();
            boolean hides = last != core.log.lastZxid();
            boolean counts = !promisedBefore && !core.abstains() && !hides;
            send(new QuorumMessage.AckEpoch(last, counts ? (int) core.epochs.current() : -1));
        }
    }

    // ---- synchronisation

    private void begin(String message, Supplier<@Nullable String> beginning) {
        if (step != Step.HISTORY || history.hasBegun()) {
            refuse(message + " came when no history was to begin");
        } else {
            accept(beginning.get());
        }
    }

    /** Leaves the leader if there is a reason to. Whether there is none. */
    private boolean accept(@Nullable String reason) {
        if (reason != null) {
            refuse(reason);
        }
        return reason == null;
    }

    @Override
    void logReplaced() {
        if (step != Step.HISTORY || !accept(history.replaced())) {
            return;
        }
        heard();
        while (core.role() == this && !waiting.isEmpty()) {
            handle(waiting.remove());
        }
    }

    /** A transaction of the leader's. Whether all is well. */
    private boolean take(long zxid, byte[] txn) {
        boolean again = zxid == core.log.lastZxid();
        if (!accept(history.append(zxid, txn))) {
            return false;
        }
        Membership next = again ? null : Reconfiguration.in(zxid, txn);
        if (next != null) {
            members.inHistory(next, history.committedZxid());
        }
        appended(zxid);
        return true;
    }

    private void hearCommit(long zxid) {
        if (accept(history.commit(zxid))) {
            commitHeard();
        }
    }

    /** Before UPTODATE nothing counts: the leader may not be one. */
    private void commitHeard() {
        if (step == Step.SERVING) {
            core.commit(history.committedZxid());
            service.releaseSyncs();
            departIfDone();
        }
    }

    private void newLeader(QuorumMessage.NewLeader message) {
        if (step != Step.HISTORY || !history.hasBegun() || message.epoch() != epoch) {
            refuse("NEWLEADER of epoch " + message.epoch() + " came out of turn");
            return;
        }
        byte[] config = message.config();
        if (core.settings.reconfigEnabled() && config != null) {
            try {
                members.ofLeader(config);
            } catch (MembershipFormatException e) {
                refuse("the leader's configuration cannot be read: " + e.getMessage());
                return;
            }
        }
        step = Step.COMPLETE;
        historyEnd = core.log.lastZxid();
        enterEpochIfDurable();
    }

    /** History first, then the epoch, then the answer: an epoch that was entered stands for its whole beginning. */
    private void enterEpochIfDurable() {
        if (step != Step.COMPLETE || core.log.durableZxid() < historyEnd) {
            return;
        }
        if (core.epochs.current() < epoch) {
            core.epochs.enter(epoch);
        }
        if (core.epochs.durableCurrent() >= epoch) {
            step = Step.READY;
            heard();
            send(new QuorumMessage.Ack(Zxid.of(epoch, 0)));
        }
    }

    private void upToDate() {
        if (step != Step.READY) {
            refuse("UPTODATE came out of turn");
            return;
        }
        step = Step.SERVING;
        Membership next = members.decided(history.committedZxid());
        if (next != null && !adopt(next)) {
            return;
        }
        send(new QuorumMessage.Ack(Zxid.of(epoch, 0)));
        committedBeforeServing = history.committedZxid();
        core.commit(committedBeforeServing);
        core.serve(epoch);
        durableChanged();
    }

    @Override
    void durableChanged() {
        acceptIfDurable();
        enterEpochIfDurable();
        commitHeard();
    }

    // ---- reconfiguration

    @Override
    void decided(Membership next) {
        adopt(next);
    }

    private void activate(long zxid, long designatedLeader) {
        Membership next = core.proposedMembership();
        if (next == null || next.version() != zxid) {
            refuse("the leader activates " + Zxid.text(zxid) + ", which is no reconfiguration that it sent");
            return;
        }
        hearCommit(zxid);
        if (core.role() != this) {
            return;
        }
        if (givesAnotherRole(next)) {
            departure = new Departure(zxid, ANOTHER_ROLE, Membership.NOBODY);
        } else if (designatedLeader != leader) {
            String reason = "the reconfiguration gives the ensemble another leader, " + designatedLeader;
            departure = new Departure(zxid, reason, designatedLeader);
        }
        core.adopt(next);
        departIfDone();
    }

    private void departIfDone() {
        Departure due = departure;
        if (due != null && (step != Step.SERVING || core.committedZxid() >= due.zxid())) {
            leaveReason = due.reason();
            core.lookFor(due.nextLeader());
        }
    }

    /** Goes by another membership. Whether this server is in it what it was: only then it can stay as it is. */
    private boolean adopt(Membership next) {
        boolean stays = !givesAnotherRole(next);
        core.adopt(next);
        if (!stays) {
            refuse(ANOTHER_ROLE);
        }
        return stays;
    }

    private boolean givesAnotherRole(Membership next) {
        return next.isObserver(core.serverId()) != core.membership().isObserver(core.serverId());
    }

    // ---- service

    @Override
    void touched(long sessionId, int timeoutMillis) {
        if (step == Step.SERVING) {
            service.touched(sessionId, timeoutMillis);
        }
    }

    @Override
    void forward(QuorumMessage.Request request) {
        if (step == Step.SERVING) {
            send(request);
        }
    }

    @Override
    void revalidate(long sessionId, int timeoutMillis) {
        if (step == Step.SERVING) {
            send(new QuorumMessage.Revalidate(sessionId, timeoutMillis));
        }
    }
}
