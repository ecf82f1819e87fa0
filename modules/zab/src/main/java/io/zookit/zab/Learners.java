package io.zookit.zab;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The learners of a leader, by link. */
final class Learners {
    private final Core core;
    private final Map<Long, Learner> byLink = new LinkedHashMap<>();

    Learners(Core core) {
        this.core = core;
    }

    void add(long link) {
        long deadline = core.nowMillis() + core.settings.initMillis() + core.settings.syncMillis();
        byLink.put(link, new Learner(core.effects, link, deadline));
    }

    @Nullable
    Learner get(long link) {
        return byLink.get(link);
    }

    void remove(long link) {
        byLink.remove(link);
        core.standingChanged();
    }

    /** All of them; not to be walked while one is dropped. */
    Collection<Learner> all() {
        return byLink.values();
    }

    /** All of them as they are now; may be walked while some are dropped. */
    List<Learner> copy() {
        return List.copyOf(byLink.values());
    }

    int size() {
        return byLink.size();
    }

    /** The one of a server that may vote, {@code null} when it has no link. */
    @Nullable
    Learner ofVoter(long serverId) {
        for (Learner learner : byLink.values()) {
            if (learner.serverId() == serverId && !learner.isObserver()) {
                return learner;
            }
        }
        return null;
    }

    /** Whether a server has said that it has the leader's history durably; the leader itself has. */
    boolean hasHistory(long serverId) {
        if (serverId == core.serverId()) {
            return true;
        }
        Learner learner = ofVoter(serverId);
        return learner != null && learner.isSynced();
    }

    /**
     * Adds those that have the history and acknowledge, members or not. Not whom a reconfiguration has just made an observer: it is about
     * to leave this link, and will not hear of a proposal.
     */
    void addSynced(Set<Long> servers) {
        for (Learner learner : byLink.values()) {
            boolean leaves = core.membership().isObserver(learner.serverId());
            if (learner.isSynced() && !learner.isObserver() && !leaves) {
                servers.add(learner.serverId());
            }
        }
    }

    void drop(Learner learner, String reason) {
        remove(learner.link());
        core.effects.closeLink(learner.link(), reason);
    }

    void dropAll(String reason) {
        byLink.keySet().forEach(link -> core.effects.closeLink(link, reason));
        byLink.clear();
        core.standingChanged();
    }

    /** A server that dials again has given up its older link, whether that is known here or not. */
    void dropOlderOf(long serverId) {
        for (Learner other : copy()) {
            if (other.serverId() == serverId) {
                drop(other, "the same server has dialed again");
            }
        }
    }

    void dropSilent() {
        for (Learner learner : copy()) {
            if (core.nowMillis() >= learner.deadlineMillis()) {
                drop(learner, "was silent for too long");
            }
        }
    }

    long nextDeadlineMillis() {
        long next = Long.MAX_VALUE;
        for (Learner learner : byLink.values()) {
            next = Math.min(next, learner.deadlineMillis());
        }
        return next;
    }

    /** Cuts off whoever has too much on the way; one that has a quarter of it is asked for a sign first. */
    void dropSlow(long lastProposed) {
        long most = core.settings.linkBytesMax();
        boolean slow = false;
        for (Learner learner : byLink.values()) {
            slow |= learner.isLive() && learner.unconfirmedBytes() > most;
            if (learner.step() == Learner.Step.SERVING
                    && learner.unconfirmedBytes() > most / 4
                    && !learner.hasOpenPing()) {
                learner.ping(lastProposed);
            }
        }
        if (slow) {
            for (Learner learner : copy()) {
                if (learner.isLive() && learner.unconfirmedBytes() > most) {
                    drop(learner, "does not keep up: " + learner.unconfirmedBytes() + " bytes are on the way");
                }
            }
        }
    }

    /** Pings everybody who has the history; who has acknowledged nothing for too long is dropped instead. */
    void ping(long lastProposed) {
        long slowest = core.nowMillis() - core.settings.syncMillis();
        for (Learner learner : copy()) {
            boolean behind = !learner.isObserver() && learner.ackedZxid() < lastProposed;
            if (learner.step() == Learner.Step.SERVING && behind && learner.progressMillis() < slowest) {
                drop(learner, "has acknowledged nothing for too long");
            } else if (learner.isSynced()) {
                learner.ping(lastProposed);
            }
        }
    }
}
