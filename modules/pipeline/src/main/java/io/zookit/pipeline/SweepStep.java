package io.zookit.pipeline;

import io.zookit.model.EphemeralOwner;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.spi.ServerClock;
import io.zookit.tree.PendingZnode;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Removes containers that have become empty and TTL znodes whose time is over. They are looked for now and then, a bounded number
 * in one turn, and go one by one as transactions of the server itself, spread over time so that clients do not feel it. Runs on the
 * owner of the state.
 */
final class SweepStep {
    /** Znodes that are looked at in one turn. */
    private static final int LOOKS_PER_TURN = 1_000;
    /** Znodes that may wait for their removal before looking pauses. */
    private static final int CANDIDATES_MAX = 10_000;

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_MINUTE = 60_000_000;
    /** How much of a delay is made good by going faster afterwards. */
    private static final long CATCH_UP_MICROS = 1_000_000;

    private final ReplicaState state;
    private final ServerRole role;
    private final ProposeStage propose;
    private final ServerClock clock;
    private final SweepPolicy policy;
    private final ArrayDeque<String> candidates = new ArrayDeque<>();
    private int containersLeft;
    private int ttlZnodesLeft;
    private long nextCheckMillis;
    private long nextRemovalMicros;
    private long nowMillis;

    SweepStep(ReplicaState state, ServerRole role, ProposeStage propose, ServerClock clock, SweepPolicy policy) {
        this.state = state;
        this.role = role;
        this.propose = propose;
        this.clock = clock;
        this.policy = policy;
    }

    /** The server leads: the first check is due after one interval, as after any other. */
    void begin(long millis) {
        nextCheckMillis = millis + policy.checkIntervalMillis();
    }

    /** The role has ended: the next leader sweeps. */
    void end() {
        candidates.clear();
        containersLeft = 0;
        ttlZnodesLeft = 0;
    }

    /** Does what is due. */
    void work(long millis) {
        if (!role.leads()) {
            return;
        }
        nowMillis = millis;
        if (isIdle()) {
            if (nowMillis < nextCheckMillis) {
                return;
            }
            nextCheckMillis = nowMillis + policy.checkIntervalMillis();
            nextRemovalMicros = nowMillis * MICROS_PER_MILLI;
            containersLeft = state.tree().containers().size();
            ttlZnodesLeft = state.tree().ttlZnodes().size();
        }
        look();
        remove();
    }

    private boolean isIdle() {
        return !isLooking() && candidates.isEmpty();
    }

    private boolean isLooking() {
        return containersLeft > 0 || ttlZnodesLeft > 0;
    }

    /** From the end to the beginning, because what stays is met in that order whatever happens between two turns. */
    private void look() {
        long wallMillis = clock.wallMillis();
        for (int looks = 0; looks < LOOKS_PER_TURN && isLooking() && candidates.size() < CANDIDATES_MAX; looks++) {
            if (containersLeft > 0) {
                containersLeft--;
                consider(state.tree().containers(), containersLeft, wallMillis);
            } else {
                ttlZnodesLeft--;
                consider(state.tree().ttlZnodes(), ttlZnodesLeft, wallMillis);
            }
        }
    }

    private void consider(List<String> paths, int place, long wallMillis) {
        if (place < paths.size()) {
            String path = paths.get(place);
            PendingZnode node = state.tree().find(path);
            if (node != null && isOver(node, wallMillis)) {
                candidates.add(path);
            }
        }
    }

    private void remove() {
        long nowMicros = nowMillis * MICROS_PER_MILLI;
        long interval = MICROS_PER_MINUTE / policy.removedPerMinuteMax();
        while (!candidates.isEmpty() && nowMicros >= nextRemovalMicros && propose.hasCredit()) {
            if (remove(candidates.poll())) {
                nextRemovalMicros = Math.max(nextRemovalMicros, nowMicros - CATCH_UP_MICROS) + interval;
            }
        }
    }

    /** Looks again, at the state after everything proposed: since it was found, somebody may have begun to use the znode. */
    private boolean remove(String path) {
        TxnHeader header = propose.nextHeader(0, 0);
        PendingZnode node = state.pending().find(path);
        if (node == null || !isOver(node, header.timeMillis())) {
            return false;
        }
        propose.propose(header, new Txn.Delete(OpCode.DELETE_CONTAINER, path), null, RequestFacts.NONE);
        return true;
    }

    private boolean isOver(PendingZnode node, long wallMillis) {
        if (node.childCount() > 0 || node.isEphemeral()) {
            return false;
        }
        long owner = node.ephemeralOwner();
        long unchangedMillis = wallMillis - node.mtime();
        if (owner == EphemeralOwner.CONTAINER) {
            boolean everUsed = node.cversion() > 0;
            return everUsed || (policy.neverUsedMillisMax() > 0 && unchangedMillis > policy.neverUsedMillisMax());
        }
        return EphemeralOwner.isTtl(owner) && unchangedMillis > EphemeralOwner.ttlMillis(owner);
    }

    /**
     * When there is something to do, in milliseconds of the monotonic clock; {@link Long#MAX_VALUE} when there is nothing to look
     * at. What waits for credits is not counted: the commit that gives them back brings the owner round.
     */
    long nextDeadlineMillis() {
        if (!role.leads()) {
            return Long.MAX_VALUE;
        }
        if (isLooking() && candidates.size() < CANDIDATES_MAX) {
            return nowMillis;
        }
        if (!candidates.isEmpty()) {
            return propose.hasCredit() ? (nextRemovalMicros + MICROS_PER_MILLI - 1) / MICROS_PER_MILLI : Long.MAX_VALUE;
        }
        boolean nothingToSweep =
                state.tree().containers().isEmpty() && state.tree().ttlZnodes().isEmpty();
        return nothingToSweep ? Long.MAX_VALUE : nextCheckMillis;
    }
}
