package io.zookit.zab;

import io.zookit.wire.QuorumMessage;
import java.util.ArrayDeque;

/** A learner as its leader sees it: one link, from FOLLOWERINFO to its end. */
final class Learner {
    /** How far the conversation is. */
    enum Step {
        /** Dialed; has to introduce itself. */
        CONNECTED,
        /** Waits for the epoch, or has to accept it. */
        DISCOVERY,
        /** Has accepted the epoch; waits until a quorum has. */
        ACCEPTED,
        /** Is sent a snapshot, or a part of the log on disk. */
        STREAMING,
        /** Has been sent everything; has to say that it is durable. */
        SENT,
        /** Has the history; waits until a quorum has. */
        SYNCED,
        /** Serves. */
        SERVING
    }

    /** About what a message costs on the way, beside its transaction. */
    private static final int MESSAGE_BYTES = 32;

    private final ZabEffects effects;
    private final long link;

    /** For each unanswered ping how many bytes had been sent before it. */
    private final ArrayDeque<Long> pings = new ArrayDeque<>();

    private Step step = Step.CONNECTED;
    private long serverId = Membership.NOBODY;
    private boolean observer;
    private boolean leaderInfoSent;
    private long lastZxid;
    private int currentEpoch;
    private long streamedThrough;
    private long historyEnd;
    private long ackedZxid;
    private long deadlineMillis;
    private long progressMillis;
    private long sentBytes;
    private long confirmedBytes;
    private long pingsSent;
    private long pingsAnswered;
    private long roundPing = Long.MAX_VALUE;

    Learner(ZabEffects effects, long link, long deadlineMillis) {
        this.effects = effects;
        this.link = link;
        this.deadlineMillis = deadlineMillis;
    }

    long link() {
        return link;
    }

    Step step() {
        return step;
    }

    void step(Step step) {
        this.step = step;
    }

    long serverId() {
        return serverId;
    }

    boolean isObserver() {
        return observer;
    }

    void introduce(long serverId, boolean observer) {
        this.serverId = serverId;
        this.observer = observer;
        this.step = Step.DISCOVERY;
    }

    boolean leaderInfoSent() {
        return leaderInfoSent;
    }

    void sendLeaderInfo(QuorumMessage.LeaderInfo info) {
        leaderInfoSent = true;
        send(info);
    }

    long lastZxid() {
        return lastZxid;
    }

    int currentEpoch() {
        return currentEpoch;
    }

    void accepted(long lastZxid, int currentEpoch) {
        this.lastZxid = lastZxid;
        this.currentEpoch = currentEpoch;
        this.step = Step.ACCEPTED;
    }

    /** Everything has been sent, the committed part of it up to a zxid. */
    void sent(long committedZxid) {
        step = Step.SENT;
        historyEnd = committedZxid;
    }

    /** It has said that what was sent is durable. */
    void synced(long nowMillis) {
        step = Step.SYNCED;
        ackedZxid = Math.max(ackedZxid, historyEnd);
        progressMillis = nowMillis;
        confirmedBytes = sentBytes;
    }

    /** The log on disk is being sent, up to a zxid. */
    void stream(long throughZxid) {
        step = Step.STREAMING;
        streamedThrough = throughZxid;
    }

    long streamedThrough() {
        return streamedThrough;
    }

    /** Whether it gets what is proposed from here on. */
    boolean isLive() {
        return step == Step.SENT || isSynced();
    }

    /** Whether it has said that the whole history is durable. */
    boolean isSynced() {
        return step == Step.SYNCED || step == Step.SERVING;
    }

    long deadlineMillis() {
        return step == Step.STREAMING ? Long.MAX_VALUE : deadlineMillis;
    }

    void deadlineMillis(long deadlineMillis) {
        this.deadlineMillis = deadlineMillis;
    }

    // ---- sending

    void send(QuorumMessage message) {
        sentBytes += MESSAGE_BYTES;
        effects.send(link, message);
    }

    void send(QuorumMessage message, int txnBytes) {
        sentBytes += txnBytes;
        send(message);
    }

    /** What was sent and not confirmed by anything the learner said. */
    long unconfirmedBytes() {
        return sentBytes - confirmedBytes;
    }

    // ---- proposals

    long ackedZxid() {
        return ackedZxid;
    }

    void acked(long zxid, long nowMillis) {
        if (zxid > ackedZxid) {
            ackedZxid = zxid;
            progressMillis = nowMillis;
        }
    }

    /** A proposal goes out; when it is the only one open, its time begins. */
    void proposed(long previousZxid, long nowMillis) {
        if (ackedZxid >= previousZxid) {
            progressMillis = nowMillis;
        }
    }

    long progressMillis() {
        return progressMillis;
    }

    // ---- pings; only those of a serving learner are answered

    void ping(long zxid) {
        if (step == Step.SERVING) {
            pingsSent++;
            pings.add(sentBytes);
        }
        send(new QuorumMessage.Ping(zxid));
    }

    boolean hasOpenPing() {
        return !pings.isEmpty();
    }

    /** An answer came; whether a ping was open. */
    boolean answered() {
        Long sent = pings.poll();
        if (sent == null) {
            return false;
        }
        pingsAnswered++;
        confirmedBytes = Math.max(confirmedBytes, sent);
        return true;
    }

    /** The next ping belongs to a round. */
    void joinRound() {
        roundPing = pingsSent + 1;
    }

    void leaveRound() {
        roundPing = Long.MAX_VALUE;
    }

    boolean isInRound() {
        return roundPing != Long.MAX_VALUE;
    }

    boolean hasAnsweredRound() {
        return pingsAnswered >= roundPing;
    }
}
